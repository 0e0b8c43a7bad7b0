package io.toolgate.upstream;

import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import io.toolgate.upstream.Connection.Effect;
import io.toolgate.upstream.Connection.SendFailure;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Reads the exceptions of the SDK's HTTP transports: what may have happened at the server, and what
 * to tell people. Most have no type of their own, so some are known by their words.
 */
final class RemoteFailure {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  /** Stands for the end of a stream that was to stay open. */
  static final Throwable STREAM_ENDED = new EOFException();

  private static final String CREDENTIALS_REFUSED = "The server refused our credentials";
  private static final String ADDRESS_REFUSED = "The group's own address of the server was refused";
  private static final String TOO_LARGE = "exceeds the maximum allowed size";
  private static final Pattern STATUS = Pattern.compile("[Ss]tatus code: ?(\\d{3})");

  private RemoteFailure() {}

  /** An address leads where it may not; the message says where, for the operator's log. */
  static final class EndpointRefused extends RuntimeException {
    EndpointRefused(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether a reason that was explained here is that. */
  static boolean isAboutAddress(String reason) {
    return reason.startsWith(ADDRESS_REFUSED);
  }

  /** Whether a reason that was explained here is that. */
  static boolean isAboutCredentials(String reason) {
    return reason.startsWith(CREDENTIALS_REFUSED);
  }

  static SendFailure explain(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectException
          || t instanceof HttpConnectTimeoutException
          || t instanceof UnresolvedAddressException) {
        return new SendFailure(Effect.NONE, "The server cannot be reached.");
      }
      if (t instanceof McpTransportSessionNotFoundException) {
        return new SendFailure(Effect.NONE, "The server has forgotten the session.");
      }
      if (t instanceof McpHttpClientTransportAuthorizationException refused) {
        return new SendFailure(
            Effect.REFUSED,
            CREDENTIALS_REFUSED
                + " (HTTP "
                + refused.getResponseInfo().statusCode()
                + "). Check the headers of its definition.");
      }
      if (t instanceof EndpointRefused) {
        LOG.warnf("%s: %s", ADDRESS_REFUSED, t.getMessage());
        return new SendFailure(
            Effect.REFUSED, ADDRESS_REFUSED + ". The log says why; ENDPOINT_HOSTS allows hosts.");
      }
      if (t == STREAM_ENDED) {
        return new SendFailure(Effect.UNKNOWN, "The server ended its stream of messages.");
      }
      if (String.valueOf(t.getMessage()).contains(TOO_LARGE)) {
        return new SendFailure(
            Effect.REFUSED,
            "The server's answer is larger than "
                + (Json.MAX_MESSAGE >> 20)
                + " MB and was refused. Ask for less at a time.");
      }
      Matcher status = STATUS.matcher(String.valueOf(t.getMessage()));
      if (status.find()) {
        return new SendFailure(Effect.REFUSED, "The server answered HTTP " + status.group(1) + ".");
      }
    }
    return new SendFailure(Effect.UNKNOWN, "The connection to the server failed.");
  }
}
