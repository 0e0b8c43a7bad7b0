package io.toolgate.openwebui;

/** The document could not be fetched or turned into tools; Open WebUI would offer none of them. */
public final class ConnectionFailed extends RuntimeException {
  ConnectionFailed(String reason) {
    super(reason);
  }
}
