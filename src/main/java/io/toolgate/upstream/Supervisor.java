package io.toolgate.upstream;

import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.UpstreamState.Degraded;
import io.toolgate.upstream.UpstreamState.Disabled;
import io.toolgate.upstream.UpstreamState.Draining;
import io.toolgate.upstream.UpstreamState.Failed;
import io.toolgate.upstream.UpstreamState.OnDemand;
import io.toolgate.upstream.UpstreamState.Ready;
import io.toolgate.upstream.UpstreamState.Starting;
import io.toolgate.upstream.UpstreamState.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Keeps one session with a server: opens it, notices its end or its silence, and opens it again.
 *
 * <p>Invariants: there is at most one session and one attempt to open one; a step from one state to
 * the next is one that {@link UpstreamState} allows; what belonged to an earlier session changes
 * nothing any more.
 *
 * <p>A server that has answered a call is started again at once when it ends; one that never was
 * ready, or ended before it answered anything, after a pause that grows.
 *
 * <p>Threading: state changes hold this object's lock and do nothing slow under it; readers see
 * volatile fields.
 */
final class Supervisor implements Attempt.Owner {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  /** One that was ready for so long starts well, even if nobody has called it. */
  private static final Duration PROVEN = Duration.ofMinutes(1);

  /** Calls make a failed connection try again at once, but no more often than this. */
  private static final Duration HURRY = Duration.ofSeconds(1);

  private final ServerDefinition definition;
  private final Opening opening;
  private final String label;
  private final boolean onDemand;
  private final Surroundings surroundings;
  private final Masking masking;
  private final SessionListener listener;
  private final Backoff backoff = new Backoff();
  private final Deaths deaths = new Deaths();
  private final Refusals refusals = new Refusals();
  private final Set<McpSession> retired = ConcurrentHashMap.newKeySet();
  private final AtomicInteger running = new AtomicInteger();
  private volatile UpstreamState state;
  private volatile McpSession session;
  private volatile KeepAlive keepAlive;
  private volatile long lastUse = System.nanoTime();
  private volatile int starts;

  // Under the lock.
  private final Waiters waiters = new Waiters();
  private CompletableFuture<Void> place = CompletableFuture.completedFuture(null);
  private Attempt attempt;
  private boolean wasReady;
  private String said = "";
  private String endedBecause;

  /**
   * @param label for the log: the server, and whose session it is
   * @param onDemand whether only a call starts it
   */
  Supervisor(
      Opening opening,
      String label,
      boolean onDemand,
      Surroundings surroundings,
      SessionListener listener) {
    this.opening = opening;
    this.definition = opening.definition();
    this.label = label;
    this.onDemand = onDemand;
    this.surroundings = surroundings;
    this.masking = new Masking(definition.secrets());
    this.listener = listener;
    Instant now = Instant.now();
    this.state =
        definition.off().isPresent()
            ? new Disabled(now, definition.off().get())
            : onDemand
                ? new OnDemand(now, "No call has needed it yet.")
                : new Starting(now, "It is started for the first time.", Optional.empty());
  }

  Masking masking() {
    return masking;
  }

  /** As its session was opened: with a group's own credentials, if it belongs to one. */
  ServerDefinition definition() {
    return definition;
  }

  boolean isOnDemand() {
    return onDemand;
  }

  UpstreamState state() {
    return state;
  }

  /** The session if it is open, else null. */
  McpSession session() {
    McpSession current = session;
    return current == null || current.isClosed() ? null : current;
  }

  /** A call begins to use it; {@link #leave} must follow. */
  void enter() {
    running.incrementAndGet();
  }

  void leave() {
    lastUse = System.nanoTime();
    running.decrementAndGet();
  }

  int running() {
    return running.get();
  }

  /** When it was last used, of {@link System#nanoTime}. */
  long lastUse() {
    return lastUse;
  }

  /** How often it was tried to open a session. */
  int starts() {
    return starts;
  }

  /**
   * Takes the place of another, and so begins no process before that one's is gone: whoever changes
   * quickly has no more of them than places.
   */
  synchronized void inPlaceOf(CompletableFuture<Void> gone) {
    place = gone.exceptionally(failure -> null);
  }

  /** Starts it in the background; without effect unless it waits for that. */
  synchronized void start() {
    if (state instanceof OnDemand) {
      become(new Starting(Instant.now(), "It is needed.", Optional.empty()));
      begin();
    } else if (state instanceof Starting && attempt == null) {
      begin();
    }
  }

  /**
   * The next open session, for a call that finds none: starts one that runs on demand, and waits
   * for one that is being started.
   *
   * @param longest that the caller has time
   * @param diagnosing see {@link Outage}
   * @return fails with an {@link Outage} when there is none in time
   */
  CompletableFuture<McpSession> await(Duration longest, boolean diagnosing) {
    synchronized (this) {
      McpSession open = session();
      if (open != null) {
        return CompletableFuture.completedFuture(open);
      }
      if (isComing()) {
        Duration bound = onDemand ? startupTimeout() : surroundings.settings().restartWait();
        return waiters
            .join(bound.compareTo(longest) < 0 ? bound : longest)
            .exceptionallyCompose(
                late -> CompletableFuture.failedFuture(Outage.of(state, diagnosing)));
      }
    }
    return CompletableFuture.failedFuture(Outage.of(state, diagnosing));
  }

  /** Whether the next session is worth waiting for; begins one where only a call is missing. */
  private boolean isComing() {
    if (state instanceof OnDemand) {
      start();
    } else if (state instanceof Failed failed) {
      if (isRemote() && !failed.since().plus(HURRY).isAfter(Instant.now())) {
        end(failed);
      } else {
        return wasReady && isSoon(failed.left(Instant.now()));
      }
    }
    return state instanceof Starting || isOpen(); // an open one has ended, but not yet here
  }

  private boolean isSoon(Duration pause) {
    return pause.compareTo(surroundings.settings().restartWait()) <= 0;
  }

  private boolean isRemote() {
    return definition.transport() instanceof Transport.Remote;
  }

  private Duration startupTimeout() {
    return surroundings.startupTimeout(definition);
  }

  /** Under the lock. */
  private void become(UpstreamState following) {
    if (!state.mayBecome(following)) {
      throw new IllegalStateException(label + " cannot go from " + state + " to " + following);
    }
    state = following;
  }

  private boolean isOpen() {
    return state instanceof Ready || state instanceof Degraded;
  }

  private boolean hasEnded() {
    return state instanceof Draining || state instanceof Stopped;
  }

  /**
   * Without effect when that pause was ended already, so that there is never an attempt beside
   * another, and an early one leaves no second row of attempts behind.
   */
  private synchronized void end(Failed pause) {
    if (state != pause) {
      return;
    }
    Instant now = Instant.now();
    become(new Starting(now, pause.why(), pause.kind()));
    begin();
  }

  /** Under the lock, in state starting. */
  private void begin() {
    listener.begins();
    starts++;
    attempt = new Attempt(opening, surroundings, this);
    attempt.begin(place);
  }

  @Override
  public McpSession fresh() {
    return new McpSession(
        label,
        masking,
        new CallIds()::next,
        refusals,
        surroundings.children().log(definition.name()),
        listener::notified);
  }

  /** Counts as ready only when its tools can be found, or early calls would meet 404. */
  @Override
  public void opened(Attempt from, Live live, Duration took) {
    listener.opened(live);
    CompletableFuture<McpSession> waiting;
    synchronized (this) {
      if (hasEnded()) {
        from.stop();
        return;
      }
      become(new Ready(Instant.now(), took));
      refusals.standing().ifPresent(this::refuses);
      session = live.session();
      Duration longestCall = surroundings.patience(definition).silence();
      keepAlive = new KeepAlive(session, surroundings.settings().keepAlive(), longestCall);
      lastUse = System.nanoTime();
      wasReady = true;
      said = "";
      waiting = waiters.take();
    }
    LOG.infof("%-24s ready, %d tools, %.1f s", label, served(live), took.toMillis() / 1000.0);
    live.session().closed().thenAccept(reason -> ended(live.session(), reason, from));
    waiting.complete(live.session());
  }

  private long served(Live live) {
    return live.handshake().tools().stream()
        .filter(tool -> definition.toolFilter().serves(tool.name()))
        .count();
  }

  /** Under the lock. */
  private void refuses(String reason) {
    become(new Degraded(Instant.now(), Downfall.REFUSING, masking.line(reason)));
  }

  private void ended(McpSession which, String reason, Attempt from) {
    if (!which.finished().isDone()) {
      retired.add(which);
      which.finished().thenRun(() -> retired.remove(which));
    }
    Downfall kind = Downfall.ofEnd(reason, isRemote());
    String why;
    boolean again;
    synchronized (this) {
      if (session != which || hasEnded()) {
        return;
      }
      session = null;
      why = endedBecause == null ? masking.line(reason) : endedBecause;
      endedBecause = null;
      again = which.wasRefused() || startsWell(which);
      if (again && onDemand) {
        becomeOnDemand(why);
      } else if (again) {
        become(new Starting(Instant.now(), why, Optional.of(kind)));
        begin();
      }
    }
    if (again) {
      LOG.warnf("%-24s ended: %s", label, why);
    } else {
      failed(from, kind, why);
    }
  }

  /** One that has answered, or was ready for long; but not if it does little but die. */
  private boolean startsWell(McpSession ended) {
    boolean proven = ended.hasAnswered() || !state.since().plus(PROVEN).isAfter(Instant.now());
    if (proven) {
      backoff.reset();
    }
    return !deaths.add(System.nanoTime()) && proven;
  }

  @Override
  public void failed(Attempt from, Downfall kind, String reason) {
    Failed failed;
    Optional<CompletableFuture<McpSession>> disappointed = Optional.empty();
    boolean news;
    synchronized (this) {
      if (hasEnded()) {
        return;
      }
      failed =
          new Failed(
              Instant.now(), kind, masking.line(reason), from.stderr().lines(), backoff.next());
      become(failed);
      news = !failed.reason().equals(said);
      said = failed.reason();
      if (!wasReady || !isSoon(failed.retryIn())) {
        disappointed = Optional.of(waiters.take());
      }
    }
    // The same failure again, try after try, is said once.
    LOG.logf(
        news ? Logger.Level.WARN : Logger.Level.DEBUG,
        "%-24s failed: %s %s %d s.",
        label,
        failed.why(),
        onDemand ? "A call may try again in" : "Next try in",
        failed.retryIn().toSeconds());
    surroundings
        .timer()
        .schedule(() -> rested(failed), failed.retryIn().toMillis(), TimeUnit.MILLISECONDS);
    disappointed.ifPresent(waiting -> waiting.completeExceptionally(Outage.of(state, false)));
  }

  /** Under the lock; a call that waits is as good as a next one. */
  private void becomeOnDemand(String why) {
    become(new OnDemand(Instant.now(), why));
    if (waiters.any()) {
      start();
    }
  }

  private void rested(Failed pause) {
    if (!onDemand) {
      end(pause);
      return;
    }
    synchronized (this) {
      if (state == pause) {
        becomeOnDemand(pause.why());
      }
    }
  }

  /** Looks for signs of life; called about every second. */
  void look(long now) {
    McpSession open = session;
    KeepAlive watched = keepAlive;
    if (open == null || watched == null) {
      return;
    }
    KeepAlive.Sign sign = watched.look(now, running.get() > 0);
    synchronized (this) {
      if (session != open) {
        return;
      }
      Optional<String> refused = refusals.standing();
      if (refused.isPresent() && state instanceof Ready) {
        refuses(refused.get());
      } else if (refused.isEmpty() && sign == KeepAlive.Sign.ALIVE && state instanceof Degraded) {
        become(new Ready(Instant.now(), Duration.ZERO));
      } else if (sign.compareTo(KeepAlive.Sign.SILENT) >= 0 && state instanceof Ready) {
        become(
            new Degraded(Instant.now(), Downfall.SILENT, "It does not answer, not even a ping."));
      } else if (sign == KeepAlive.Sign.HOPELESS && endedBecause == null) {
        endedBecause = "It did not answer for too long, not even a ping, and was ended.";
        surroundings.workers().execute(open::close);
        return;
      } else {
        return;
      }
    }
    LOG.warnf("%-24s %s: %s", label, state.word(), state.why());
  }

  /** Ends the session of one that nobody uses; the next call starts it again. */
  void rest(String why) {
    McpSession unused;
    synchronized (this) {
      if (session == null || running.get() > 0 || !isOpen()) {
        return;
      }
      unused = session;
      session = null;
      if (running.get() > 0) { // a call that came meanwhile may have it already
        session = unused;
        return;
      }
      become(new OnDemand(Instant.now(), why));
    }
    LOG.infof("%-24s on demand: %s", label, why);
    surroundings.workers().execute(unused::close);
  }

  /** Tries at once to start what is down. */
  void hurry() {
    if (state instanceof Failed pause) {
      end(pause);
    }
  }

  /** No new calls; those that run may go on. */
  void drain(String why) {
    CompletableFuture<McpSession> waiting;
    synchronized (this) {
      if (hasEnded() || state instanceof Disabled) {
        return;
      }
      become(new Draining(Instant.now(), why));
      session = null; // those that run have it
      waiting = waiters.take();
    }
    waiting.completeExceptionally(Outage.of(state, false));
  }

  /**
   * Ends it for good.
   *
   * @return completed when its process or connection is gone
   */
  CompletableFuture<Void> stop(String why) {
    CompletableFuture<McpSession> waiting;
    Attempt last;
    synchronized (this) {
      if (state instanceof Disabled || state instanceof Stopped) {
        return CompletableFuture.completedFuture(null);
      }
      become(new Stopped(Instant.now(), why));
      session = null;
      waiting = waiters.take();
      last = attempt;
    }
    waiting.completeExceptionally(Outage.of(state, false));
    retired.forEach(McpSession::close);
    return last == null ? place : last.stop();
  }
}
