package io.toolgate.upstream;

import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.CallLimits;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.ServerDefinition;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * All upstreams by name. They start independently and many at once, so that a slow or broken one
 * delays neither the others nor Toolgate itself.
 *
 * <p>Threading: the map is swapped whole, by one thread at a time; upstreams guard themselves.
 */
@Singleton
public class Upstreams {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  /** Each may be a program that needs a processor and half a gigabyte while it starts. */
  private static final CallLimits STARTS = new CallLimits(32, Integer.MAX_VALUE);

  private static final int SWEEP_MILLIS = 20;
  private static final int LOOK_MILLIS = 1000;
  private static final int LISTS_MILLIS = 200;

  /** So long what only needs to be learned waits for what may be known already. */
  private static final Duration LISTS_PATIENCE = Duration.ofSeconds(10);

  private final ExecutorService workers = Executors.newCachedThreadPool(daemons("upstream-work"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons("upstream-timer"));
  private final Set<McpSession> sessions = ConcurrentHashMap.newKeySet();
  private final Set<CompletableFuture<Void>> draining = ConcurrentHashMap.newKeySet();
  private final Surroundings surroundings;
  private final ToolLists lists;
  private final Confinement confinement;
  private volatile Map<String, Upstream> upstreams = Map.of();
  private volatile Supplier<Map<String, GroupCredentials>> suppliers = Map::of;
  private boolean started;
  private volatile long began;

  Upstreams(
      Event<ToolsChanged> changed,
      UpstreamSettings settings,
      EndpointGuard guard,
      ToolLists lists,
      EventLoops loops,
      RemoteHttp http,
      @ConfigProperty(name = "toolgate.data") Path data,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.lists = lists;
    this.confinement = new Confinement(settings.confinement(), Hidden.of(data, System.getenv()));
    this.surroundings =
        new Surroundings(
            workers,
            timer,
            sessions,
            () -> tell(changed),
            settings,
            new Children(
                settings.logLinesPerSecond(), confinement, new Limits(new ControlGroups()), loops),
            http,
            new Turns(STARTS, () -> workers),
            guard,
            lists::learned,
            version);
  }

  /** A session that is opened is not to be lost because somebody could not take its tools. */
  private static void tell(Event<ToolsChanged> changed) {
    try {
      changed.fire(new ToolsChanged());
    } catch (RuntimeException e) {
      LOG.error("Changed tools could not be taken over", e);
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Takes the servers there are from now on: new ones begin, changed ones begin anew, and those
   * that are gone end when their running calls have ended. What is as it was is not touched.
   *
   * @return whether anything is different
   */
  synchronized boolean define(Collection<ServerDefinition> definitions) {
    if (List.copyOf(definitions).equals(definitions())) {
      return false;
    }
    Map<String, Upstream> before = upstreams;
    Map<String, Upstream> all = new LinkedHashMap<>();
    List<Upstream> fresh = new ArrayList<>();
    for (ServerDefinition definition : definitions) {
      Upstream known = before.get(definition.name());
      if (known == null || !definition.sameUpstream(known.definition())) {
        Upstream begun = new Upstream(definition, surroundings);
        Optional.ofNullable(known).flatMap(Upstream::listed).ifPresent(begun::remember);
        fresh.add(begun);
        all.put(definition.name(), begun);
      } else {
        if (!definition.equals(known.definition())) {
          known.redefine(definition);
        }
        all.put(definition.name(), known);
      }
    }
    upstreams = Collections.unmodifiableMap(all);
    surroundings.changed().run();
    if (started) {
      before.forEach(
          (name, old) -> {
            if (all.get(name) != old) {
              drain(old, all.containsKey(name) ? "Its definition changed." : "It was removed.");
            }
          });
      fresh.forEach(Upstream::start);
    }
    lists.readAgain();
    return true;
  }

  private List<ServerDefinition> definitions() {
    return upstreams.values().stream().map(Upstream::definition).toList();
  }

  private void drain(Upstream old, String why) {
    if (old.serves()) {
      LOG.infof("%-24s is ended: %s", old.definition().name(), why);
    }
    CompletableFuture<Void> end = old.stop(why, surroundings.settings().drain());
    draining.add(end);
    end.whenComplete((gone, failure) -> draining.remove(end));
  }

  /** Starts every enabled server in the background. */
  public synchronized void start() {
    started = true;
    Orphans.end();
    timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    began = System.nanoTime();
    timer.scheduleWithFixedDelay(
        () -> lists.tick(this::remember, workers), 0, LISTS_MILLIS, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
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

  private void remember(List<ToolListStore.Kept> all) {
    for (ToolListStore.Kept kept : all) {
      find(kept.server())
          .filter(
              upstream -> kept.definition().equals(ToolLists.fingerprint(upstream.definition())))
          .ifPresent(upstream -> upstream.remember(kept.tools()));
    }
    surroundings.changed().run();
  }

  /**
   * Whose credentials show the tools of servers that are off for everybody else.
   *
   * @param newSuppliers asked now and then; fails while it is not known
   */
  public void suppliedBy(Supplier<Map<String, GroupCredentials>> newSuppliers) {
    suppliers = newSuppliers;
  }

  private void supply() {
    Map<String, GroupCredentials> now;
    try {
      now = suppliers.get();
    } catch (ProblemException unknown) {
      return;
    }
    boolean changed = false;
    for (Upstream upstream : upstreams.values()) {
      changed |= upstream.supply(Optional.ofNullable(now.get(upstream.definition().name())));
    }
    if (changed) {
      surroundings.changed().run();
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      supply();
      upstreams.values().forEach(upstream -> upstream.look(now));
      boolean listsAreIn = lists.isRead() || now - began > LISTS_PATIENCE.toNanos();
      if (listsAreIn && upstreams.values().stream().noneMatch(Upstream::isLearning)) {
        upstreams.values().stream().anyMatch(Upstream::learn); // one after the other
      }
    } catch (RuntimeException e) {
      LOG.error("The servers could not be looked after", e); // the next look does
    }
  }

  /** Whether the servers that run as our children are kept from seeing us. */
  public Confinement confinement() {
    return confinement;
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
   * Ends all of them, running calls first, and waits for it.
   *
   * @param patience how long at most
   */
  public void stop(Duration patience) {
    synchronized (this) {
      started = false; // nor is what is defined from now on
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>(draining);
    upstreams
        .values()
        .forEach(
            upstream ->
                ends.add(
                    upstream.stop("Toolgate is being stopped.", surroundings.settings().drain())));
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
