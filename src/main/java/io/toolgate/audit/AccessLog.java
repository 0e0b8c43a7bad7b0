package io.toolgate.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.toolgate.identity.Caller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * One line per call: request id, caller, group if the call came through one's connection, server,
 * tool, status, milliseconds. Never arguments or results.
 *
 * <p>Invariant: every field that a caller can influence is bounded and escaped, so that no line can
 * be forged and none grows without limit. Metrics carry only names that the catalog knows, so their
 * number is bounded too.
 */
@Singleton
public class AccessLog {
  private static final Logger LOG = Logger.getLogger("toolgate.access");
  private static final int LONGEST = 100;

  private final MeterRegistry metrics;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  AccessLog(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * @param group through whose connection it came, perhaps unknown
   * @param server as called, perhaps unknown
   * @param tool as called, perhaps unknown
   * @param known whether the catalog knows the tool
   * @param status the HTTP status answered
   */
  public void called(
      String requestId,
      Caller caller,
      Optional<String> group,
      String server,
      String tool,
      boolean known,
      int status,
      long nanos) {
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "id="
              + requestId
              + " caller="
              + field(caller.label())
              + group.map(name -> " group=" + field(name)).orElse("")
              + " server="
              + field(server)
              + " tool="
              + field(tool)
              + " status="
              + status
              + " ms="
              + nanos / 100_000 / 10.0);
    }
    timer(known ? server : "unknown", status).record(Duration.ofNanos(nanos));
  }

  private Timer timer(String server, int status) {
    return timers.computeIfAbsent(
        server + ' ' + status,
        key ->
            Timer.builder("toolgate.calls")
                .description("Tool calls by server and status")
                .tag("server", server)
                .tag("status", Integer.toString(status))
                .register(metrics));
  }

  /** Bounded, and quoted where it holds anything but letters, digits and a few harmless signs. */
  static String field(String value) {
    boolean cut = value.length() > LONGEST;
    String bounded = cut ? value.substring(0, LONGEST) : value;
    StringBuilder escaped = new StringBuilder(bounded.length() + 8);
    boolean plain = !bounded.isEmpty() && !cut;
    for (int i = 0; i < bounded.length(); i++) {
      char c = bounded.charAt(i);
      if (c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || "-_.@/:".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        plain = false;
        if (c == '"' || c == '\\') {
          escaped.append('\\').append(c);
        } else if (c >= ' ' && c < 127) {
          escaped.append(c);
        } else {
          escaped.append(String.format("\\u%04x", (int) c));
        }
      }
    }
    return plain ? escaped.toString() : "\"" + escaped + (cut ? "..." : "") + "\"";
  }
}
