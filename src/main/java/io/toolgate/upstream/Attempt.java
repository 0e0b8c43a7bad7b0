package io.toolgate.upstream;

import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * One attempt to open a session, and the end of that session.
 *
 * <p>Invariant: whenever it is stopped, nothing of it is left.
 *
 * <p>Threading: any thread; its work is done by a worker.
 */
final class Attempt {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  private final Opening opening;
  private final Surroundings surroundings;
  private final Owner owner;
  private final StderrTail stderr;
  private final long start = System.nanoTime();
  private CompletableFuture<Void> place;
  private CompletableFuture<Void> turn;
  private CompletableFuture<Void> begun;
  private McpSession session;
  private boolean stopped;

  /** Is told what becomes of it. */
  interface Owner {
    /** A session that is not connected yet. */
    McpSession fresh();

    void opened(Attempt attempt, Live live, Duration took);

    /**
     * @param reason one sentence for administrators
     */
    void failed(Attempt attempt, Downfall kind, String reason);
  }

  Attempt(Opening opening, Surroundings surroundings, Owner owner) {
    this.opening = opening;
    this.surroundings = surroundings;
    this.owner = owner;
    this.stderr = new StderrTail(opening.definition().secrets());
  }

  /** What the server prints meanwhile, and later. */
  StderrTail stderr() {
    return stderr;
  }

  /**
   * @param before completed when the place is free that it takes
   */
  synchronized void begin(CompletableFuture<Void> before) {
    place = before;
    begun = before.thenCompose(free -> turn()).thenRunAsync(this::open, surroundings.workers());
  }

  private synchronized CompletableFuture<Void> turn() {
    if (stopped) {
      return new CompletableFuture<>(); // it never comes
    }
    turn = surroundings.starts().enter();
    return turn;
  }

  private void open() {
    synchronized (this) {
      if (stopped) {
        surroundings.starts().leave(turn);
        return;
      }
    }
    Duration timeout = surroundings.startupTimeout(opening.definition());
    CompletableFuture<Live> live;
    try {
      live = Live.open(opening, stderr, surroundings, owner::fresh, this::hold, timeout);
    } catch (RuntimeException e) {
      live = CompletableFuture.failedFuture(e);
    }
    live.whenComplete(
        (opened, failure) -> {
          surroundings.starts().leave(turn);
          if (failure == null) {
            owner.opened(this, opened, Duration.ofNanos(System.nanoTime() - start));
          } else {
            failed(cause(failure), timeout);
          }
        });
  }

  private synchronized void hold(McpSession fresh) {
    surroundings.sessions().add(fresh);
    fresh.finished().thenRun(() -> surroundings.sessions().remove(fresh));
    session = fresh;
    if (stopped) {
      fresh.close();
    }
  }

  private void failed(Throwable cause, Duration timeout) {
    boolean remote = opening.definition().transport() instanceof Transport.Remote;
    Downfall kind = Downfall.ofStart(cause, remote);
    String reason;
    if (kind == Downfall.TIMEOUT) {
      reason = "It was not ready within " + timeout.toMillis() / 1000.0 + " s.";
    } else if (cause instanceof ProblemException || cause instanceof SessionLost) {
      reason = cause.getMessage();
    } else {
      LOG.error("A server could not be started because of a fault of ours", cause);
      reason = "Internal error.";
    }
    owner.failed(this, kind, reason);
  }

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * Ends it, or the session it has opened; the ending itself, which looks at all processes there
   * are, is a worker's.
   *
   * @return completed when the process or connection is gone
   */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> started;
    synchronized (this) {
      stopped = true;
      if (turn == null) {
        return place;
      }
      if (surroundings.starts().giveUp(turn)) {
        return CompletableFuture.completedFuture(null);
      }
      started = begun;
    }
    return started.thenComposeAsync(
        nothing -> {
          McpSession current;
          synchronized (this) {
            current = session;
          }
          return current == null ? CompletableFuture.completedFuture(null) : current.close();
        },
        surroundings.workers());
  }
}
