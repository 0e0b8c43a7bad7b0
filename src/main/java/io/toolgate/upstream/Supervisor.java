package io.toolgate.upstream;

import io.toolgate.problem.ProblemException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
final class Supervisor {
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
  private final Listener listener;
  private final Backoff backoff = new Backoff();
  private final Deaths deaths = new Deaths();
  private final AtomicInteger running = new AtomicInteger();
  private volatile UpstreamState state;
  private volatile McpSession session;
  private volatile KeepAlive keepAlive;
  private volatile long lastUse = System.nanoTime();

  // Under the lock.
  private CompletableFuture<McpSession> next = new CompletableFuture<>();
  private boolean wasReady;
  private boolean attempted;
  private McpSession begun;
  private String said = "";
  private String endedBecause;
  private CompletableFuture<Void> attempt = CompletableFuture.completedFuture(null);

  /** Follows the sessions. */
  interface Listener {
    /** Nothing follows. */
    Listener NONE = new Listener() {};

    /** A session is begun; what an older one still says counts no more. */
    default void begins() {}

    /** A session will be given calls when this returns. */
    default void opened(Live live) {}

    /** The server told something; the method of its notification. */
    default void notified(String method) {}
  }

  /**
   * @param label for the log: the server, and whose session it is
   * @param onDemand whether only a call starts it
   */
  Supervisor(
      Opening opening,
      String label,
      boolean onDemand,
      Surroundings surroundings,
      Listener listener) {
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

  /** Starts it in the background; without effect unless it waits for that. */
  synchronized void start() {
    if (state instanceof OnDemand) {
      become(new Starting(Instant.now(), "It is needed.", Optional.empty()));
      begin();
    } else if (state instanceof Starting && !attempted) {
      begin();
    }
  }

  /**
   * The next open session, for a call that finds none: starts one that runs on demand, and waits
   * for one that is being started.
   *
   * @param longest that the caller has time
   * @param diagnosing see {@link #whyDown}
   * @return fails with what {@link #whyDown} says when there is none in time
   */
  CompletableFuture<McpSession> await(Duration longest, boolean diagnosing) {
    CompletableFuture<McpSession> awaited;
    Duration patience;
    synchronized (this) {
      McpSession open = session();
      if (open != null) {
        return CompletableFuture.completedFuture(open);
      }
      patience = patience(longest);
      if (patience.isZero()) {
        return CompletableFuture.failedFuture(down(diagnosing));
      }
      awaited = next;
    }
    return awaited
        .thenApply(ready -> ready)
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(late -> CompletableFuture.failedFuture(down(diagnosing)));
  }

  /** How long it is worth waiting; begins what is waited for. */
  private Duration patience(Duration longest) {
    Duration restart = surroundings.settings().restartWait();
    if (state instanceof Failed failed) {
      boolean hurry =
          isRemote() && Duration.between(failed.since(), Instant.now()).compareTo(HURRY) >= 0;
      if (hurry) {
        end(failed);
      } else if (!wasReady || failed.left(Instant.now()).compareTo(restart) > 0) {
        return Duration.ZERO;
      }
    } else if (state instanceof OnDemand) {
      start();
    } else if (!(state instanceof Starting
        || isOpen())) { // an open one has ended, but not yet here
      return Duration.ZERO;
    }
    Duration bound = onDemand ? startupTimeout() : restart;
    return bound.compareTo(longest) < 0 ? bound : longest.isNegative() ? Duration.ZERO : longest;
  }

  private ProblemException down(boolean diagnosing) {
    return Outage.of(state, diagnosing);
  }

  /**
   * The problem a call meets now, empty when it is worth trying.
   *
   * @param diagnosing whether it is for somebody who may know the reasons; others are told of which
   *     kind they are
   */
  Optional<ProblemException> whyDown(boolean diagnosing) {
    return isOpen() || state instanceof OnDemand
        ? Optional.empty()
        : Optional.of(Outage.of(state, diagnosing));
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
    attempted = true;
    listener.begins();
    StderrTail stderr = new StderrTail(definition.secrets());
    long start = System.nanoTime();
    attempt = CompletableFuture.runAsync(() -> attempt(stderr, start), surroundings.workers());
  }

  private void attempt(StderrTail stderr, long start) {
    if (hasEnded()) {
      return;
    }
    CompletableFuture<Live> live;
    try {
      live =
          Live.open(
              opening,
              stderr,
              surroundings.children(),
              () -> new McpSession(label, masking, listener::notified),
              this::begun,
              surroundings.version(),
              startupTimeout());
    } catch (RuntimeException e) {
      live = CompletableFuture.failedFuture(e);
    }
    live.whenComplete(
        (opened, failure) -> {
          if (failure == null) {
            ready(opened, stderr, Duration.ofNanos(System.nanoTime() - start));
          } else {
            Throwable cause = cause(failure);
            Downfall kind = Downfall.ofStart(cause, isRemote());
            failed(kind, reason(cause, kind), stderr);
          }
        });
  }

  /** A stop that comes in the middle of a start must end what is being started. */
  private synchronized void begun(McpSession fresh) {
    surroundings.sessions().add(fresh);
    fresh.closed().thenRun(() -> surroundings.sessions().remove(fresh));
    begun = fresh;
    if (hasEnded()) {
      fresh.close();
    }
  }

  /** Counts as ready only when its tools can be found, or early calls would meet 404. */
  private void ready(Live live, StderrTail stderr, Duration took) {
    listener.opened(live);
    CompletableFuture<McpSession> waiting;
    synchronized (this) {
      if (hasEnded()) {
        live.session().close();
        return;
      }
      become(new Ready(Instant.now(), took));
      session = live.session();
      keepAlive =
          new KeepAlive(
              session,
              surroundings.settings().keepAlive(),
              surroundings.patience(definition).silence());
      lastUse = System.nanoTime();
      wasReady = true;
      said = "";
      waiting = next;
      next = new CompletableFuture<>();
    }
    LOG.infof(
        "%-24s ready, %d tools, %.1f s",
        label, live.handshake().tools().size(), took.toMillis() / 1000.0);
    live.session().closed().thenAccept(reason -> ended(live.session(), reason, stderr));
    waiting.complete(live.session());
  }

  private void ended(McpSession which, String reason, StderrTail stderr) {
    boolean again;
    String why;
    synchronized (this) {
      if (session != which || hasEnded()) {
        return;
      }
      session = null;
      why = endedBecause == null ? masking.line(reason) : endedBecause;
      endedBecause = null;
      boolean proven = which.hasAnswered() || readySince(PROVEN);
      if (proven) {
        backoff.reset();
      }
      again = !deaths.add(System.nanoTime()) && proven;
      if (again) {
        Downfall kind = Downfall.ofEnd(reason, isRemote());
        if (onDemand) {
          becomeOnDemand(why);
        } else {
          become(new Starting(Instant.now(), why, Optional.of(kind)));
          begin();
        }
      }
    }
    if (again) {
      LOG.warnf("%-24s ended: %s Starting it again.", label, why);
    } else {
      failed(Downfall.ofEnd(reason, isRemote()), why, stderr);
    }
  }

  private boolean readySince(Duration age) {
    return isOpen() && !state.since().plus(age).isAfter(Instant.now());
  }

  private void failed(Downfall kind, String reason, StderrTail stderr) {
    Failed failed;
    CompletableFuture<McpSession> given = null;
    boolean news;
    synchronized (this) {
      if (hasEnded()) {
        return;
      }
      failed =
          new Failed(Instant.now(), kind, masking.line(reason), stderr.lines(), backoff.next());
      become(failed);
      news = !failed.reason().equals(said);
      said = failed.reason();
      if (!wasReady || failed.retryIn().compareTo(surroundings.settings().restartWait()) > 0) {
        given = next;
        next = new CompletableFuture<>();
      }
    }
    // The same failure again, try after try, is said once.
    LOG.logf(
        news ? Logger.Level.WARN : Logger.Level.DEBUG,
        "%-24s failed: %s %s",
        label,
        failed.why(),
        onDemand
            ? "The next call may try again."
            : "Next try in " + failed.retryIn().toSeconds() + " s.");
    surroundings
        .timer()
        .schedule(() -> rested(failed), failed.retryIn().toMillis(), TimeUnit.MILLISECONDS);
    if (given != null) {
      given.completeExceptionally(Outage.of(failed, false));
    }
  }

  /** Under the lock; a call that waits is as good as a next one. */
  private void becomeOnDemand(String why) {
    become(new OnDemand(Instant.now(), why));
    if (next.getNumberOfDependents() > 0) {
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

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private String reason(Throwable cause, Downfall kind) {
    if (kind == Downfall.TIMEOUT) {
      return "It was not ready within " + startupTimeout().toMillis() / 1000.0 + " s.";
    }
    if (cause instanceof ProblemException problem) {
      return problem.detail();
    }
    if (cause instanceof SessionLost lost) {
      return lost.getMessage();
    }
    LOG.error("A server could not be started because of a fault of ours", cause);
    return "Internal error.";
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
      if (sign == KeepAlive.Sign.ALIVE && state instanceof Degraded) {
        become(new Ready(Instant.now(), Duration.ZERO));
      } else if (sign.compareTo(KeepAlive.Sign.SILENT) >= 0 && state instanceof Ready) {
        become(new Degraded(Instant.now(), "It does not answer, not even a ping."));
      } else if (sign == KeepAlive.Sign.HOPELESS && endedBecause == null) {
        endedBecause = "It did not answer for too long, not even a ping, and was ended.";
        open.close();
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
      become(new OnDemand(Instant.now(), why));
    }
    LOG.infof("%-24s on demand: %s", label, why);
    unused.close();
  }

  /** Tries at once to start what is down. */
  void hurry() {
    if (state instanceof Failed pause) {
      end(pause);
    }
  }

  /** No new calls; those that run may go on. */
  synchronized void drain(String why) {
    if (!hasEnded() && !(state instanceof Disabled)) {
      become(new Draining(Instant.now(), why));
      session = null; // those that run have it
    }
  }

  /**
   * Ends it for good.
   *
   * @return completed when its process or connection is gone
   */
  CompletableFuture<Void> stop(String why) {
    CompletableFuture<Void> started;
    CompletableFuture<McpSession> waiting;
    synchronized (this) {
      if (state instanceof Disabled || state instanceof Stopped) {
        return CompletableFuture.completedFuture(null);
      }
      become(new Stopped(Instant.now(), why));
      started = attempt;
      waiting = next;
    }
    waiting.completeExceptionally(Outage.of(state, false));
    return started.thenCompose(
        nothing -> {
          McpSession current;
          synchronized (this) {
            current = session == null ? begun : session;
            session = null;
          }
          return current == null ? CompletableFuture.completedFuture(null) : current.close();
        });
  }
}
