package io.toolgate.upstream;

import io.toolgate.tenant.ServerDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * All upstreams by name. They start at once and independently, so that a slow or broken one delays
 * neither the others nor Toolgate itself.
 *
 * <p>Threading: the map is set once at start; upstreams guard themselves.
 */
@ApplicationScoped
public class Upstreams {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final int SWEEP_MILLIS = 20;
  private static final Duration PROVEN = Duration.ofSeconds(10);

  private final ExecutorService workers = Executors.newCachedThreadPool(daemons("upstream-work"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons("upstream-timer"));
  private final Set<McpSession> sessions = ConcurrentHashMap.newKeySet();
  private final Surroundings surroundings;
  private volatile Map<String, Upstream> upstreams = Map.of();

  Upstreams(
      Event<ToolsChanged> changed,
      UpstreamSettings settings,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.surroundings =
        new Surroundings(
            workers,
            timer,
            sessions,
            () -> changed.fire(new ToolsChanged()),
            settings.startupTimeout(),
            PROVEN,
            version);
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Takes the servers there are; {@link #start} starts them. */
  public void define(Collection<ServerDefinition> definitions) {
    Map<String, Upstream> all = new LinkedHashMap<>();
    definitions.forEach(
        definition -> all.put(definition.name(), new Upstream(definition, surroundings)));
    upstreams = Collections.unmodifiableMap(all);
    surroundings.changed().run();
  }

  /** Starts every enabled server in the background. */
  public void start() {
    timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    upstreams.values().forEach(Upstream::start);
  }

  private void sweep() {
    long now = System.nanoTime();
    for (McpSession session : sessions) {
      try {
        session.expire(now);
      } catch (RuntimeException e) {
        LOG.error("Deadlines could not be looked at", e); // the next sweep does
      }
    }
  }

  /** In the order of the definitions, disabled ones included. */
  public Collection<Upstream> all() {
    return upstreams.values();
  }

  public Optional<Upstream> find(String name) {
    return Optional.ofNullable(upstreams.get(name));
  }

  /** Reads all tool lists again, and tries at once to start what is down. */
  public void refresh() {
    upstreams.values().forEach(Upstream::refresh);
  }

  /**
   * Ends all of them, and waits for it.
   *
   * @param patience how long at most
   */
  public void stop(Duration patience) {
    CompletableFuture<?>[] ends =
        upstreams.values().stream().map(Upstream::stop).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
