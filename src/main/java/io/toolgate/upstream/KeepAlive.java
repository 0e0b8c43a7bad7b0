package io.toolgate.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks for signs of life of one session: whatever the server says is one, and after some silence
 * it is asked for a ping.
 *
 * <p>Threading: one thread looks; the answer to a ping may come on any.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping">MCP,
 *     Ping</a>
 */
final class KeepAlive {
  static final Duration PING_TIMEOUT = Duration.ofSeconds(10);
  private static final int HOPELESS = 3;

  private final McpSession session;
  private final Duration silence;
  private final Duration longestCall;
  private final AtomicBoolean pinging = new AtomicBoolean();

  /** What the silence of a server means. */
  enum Sign {
    ALIVE,
    /** It may still be alive; asked, and not known yet. */
    ASKED,
    SILENT,
    /** Silent for longer than any call of it may take. */
    HOPELESS
  }

  /**
   * @param silence after which it is asked
   * @param longestCall for so long a server that does one thing at a time may be busy
   */
  KeepAlive(McpSession session, Duration silence, Duration longestCall) {
    this.session = session;
    this.silence = silence;
    this.longestCall = longestCall;
  }

  /**
   * @param busy whether calls are being worked on, so that silence says less
   */
  Sign look(long nowNanos, boolean busy) {
    Duration silent = Duration.ofNanos(session.silence(nowNanos));
    if (silent.compareTo(silence) < 0) {
      return Sign.ALIVE;
    }
    if (pinging.compareAndSet(false, true)) {
      session
          .request("ping", Json.MAPPER.createObjectNode(), PING_TIMEOUT)
          .whenComplete((pong, failure) -> pinging.set(false));
    }
    Duration asked = silent.minus(PING_TIMEOUT);
    if (asked.compareTo(silence) < 0 || busy && asked.compareTo(longestCall) < 0) {
      return Sign.ASKED;
    }
    return asked.compareTo(silence.multipliedBy(HOPELESS)) < 0 || asked.compareTo(longestCall) < 0
        ? Sign.SILENT
        : Sign.HOPELESS;
  }
}
