package io.toolgate.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How it is with each server, for Prometheus. The figures are those of the moment they are asked
 * for, so that nothing is counted on the path of a call, and a server that is gone shows none.
 *
 * <p>Threading: any thread.
 */
@ApplicationScoped
public class ServerMetrics {
  private final MultiGauge states;
  private final MultiGauge starts;
  private final MultiGauge sessions;
  private final MultiGauge calls;
  private final MultiGauge waiting;

  ServerMetrics(MeterRegistry registry) {
    states = gauge(registry, "state", "1 for the state in which a server is");
    starts = gauge(registry, "starts", "Attempts to start or reach a server");
    sessions = gauge(registry, "sessions", "Sessions that belong to a user, a chat or a group");
    calls = gauge(registry, "calls.running", "Calls that a server works on");
    waiting = gauge(registry, "calls.waiting", "Calls that wait for their turn");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("toolgate.server." + name)
        .description(description)
        .register(registry);
  }

  /**
   * One server now.
   *
   * @param state the word for it
   */
  public record Figures(
      String server, String state, int starts, int sessions, int calls, int waiting) {}

  /** Takes the figures of all servers in place of those before. */
  public void show(List<Figures> servers) {
    set(states, servers, f -> Tags.of("server", f.server(), "state", f.state()), f -> 1);
    set(starts, servers, ServerMetrics::server, Figures::starts);
    set(sessions, servers, ServerMetrics::server, Figures::sessions);
    set(calls, servers, ServerMetrics::server, Figures::calls);
    set(waiting, servers, ServerMetrics::server, Figures::waiting);
  }

  private static Tags server(Figures figures) {
    return Tags.of("server", figures.server());
  }

  private static void set(
      MultiGauge gauge,
      List<Figures> servers,
      Function<Figures, Tags> tags,
      ToDoubleFunction<Figures> value) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    servers.forEach(one -> rows.add(MultiGauge.Row.of(tags.apply(one), value.applyAsDouble(one))));
    gauge.register(rows, true);
  }
}
