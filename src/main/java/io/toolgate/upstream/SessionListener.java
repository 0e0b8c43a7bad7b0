package io.toolgate.upstream;

/** Follows the sessions of one supervisor, one after the other. */
interface SessionListener {
  /** Nobody follows. */
  SessionListener NONE = new SessionListener() {};

  /** A session is begun; what an older one still says counts no more. */
  default void begins() {}

  /** A session will be given calls when this returns. */
  default void opened(Live live) {}

  /** The server told something; the method of its notification. */
  default void notified(String method) {}
}
