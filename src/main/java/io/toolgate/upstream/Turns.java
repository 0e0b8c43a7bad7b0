package io.toolgate.upstream;

import io.toolgate.tenant.CallLimits;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * How many may go on at once, be it calls of a server or starts of all, and how many more may wait
 * for their turn.
 *
 * <p>Invariant: whoever was let in leaves once, and then the one that waits longest is let in.
 *
 * <p>Threading: any thread; one that had to wait goes on on a worker, because those that fail at
 * once would otherwise let each other in one within the other.
 */
final class Turns {
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final Set<CompletableFuture<Void>> waiting = new LinkedHashSet<>();
  private final Executor workers;
  private volatile CallLimits limits;
  private CompletableFuture<Void> idle;
  private int running;

  Turns(CallLimits limits, Executor workers) {
    this.limits = limits;
    this.workers = workers;
  }

  /** New limits, for the calls to come. */
  void limit(CallLimits newLimits) {
    limits = newLimits;
  }

  /**
   * Asks to be let in.
   *
   * @return done when the call may run; null when too many wait
   */
  synchronized CompletableFuture<Void> enter() {
    if (running < limits.concurrency()) {
      running++;
      return NOW;
    }
    if (waiting.size() >= limits.queue()) {
      return null;
    }
    CompletableFuture<Void> turn = new CompletableFuture<>();
    waiting.add(turn);
    return turn;
  }

  /** One that was let in is done; one that still waits gives up. */
  void leave(CompletableFuture<Void> turn) {
    if (giveUp(turn)) {
      return;
    }
    CompletableFuture<Void> next = null;
    synchronized (this) {
      Iterator<CompletableFuture<Void>> longest = waiting.iterator();
      if (running > limits.concurrency() || !longest.hasNext()) {
        running--;
        if (running == 0 && idle != null) {
          idle.completeAsync(() -> null, workers);
        }
      } else {
        next = longest.next();
        longest.remove();
      }
    }
    if (next != null) {
      next.completeAsync(() -> null, workers);
    }
  }

  /**
   * Takes back a wish to be let in.
   *
   * @return whether it was still waiting; if not it must {@link #leave}
   */
  synchronized boolean giveUp(CompletableFuture<Void> turn) {
    return waiting.remove(turn);
  }

  /** Done when none goes on or waits. */
  synchronized CompletableFuture<Void> idle() {
    if (running == 0) {
      return CompletableFuture.completedFuture(null);
    }
    idle = idle == null ? new CompletableFuture<>() : idle;
    return idle.copy();
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
