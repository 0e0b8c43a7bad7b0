package io.toolgate.upstream;

import io.toolgate.tenant.CallLimits;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * How many may go on at once, be it calls of a server or starts of all, and how many more may wait
 * for their turn.
 *
 * <p>Invariant: whoever was let in leaves once, and then the one that waits longest is let in.
 *
 * <p>Threading: any thread; one that had to wait goes on on an executor, because those that fail at
 * once would otherwise let each other in one within the other.
 */
final class Turns {
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final Set<Turn> waiting = new LinkedHashSet<>();
  private final Supplier<Executor> onward;
  private CallLimits limits;
  private Turn idle;
  private int running;

  /** Something that is waited for. */
  private static final class Turn extends CompletableFuture<Void> {
    private final Executor onward;

    Turn(Executor onward) {
      this.onward = onward;
    }

    void come() {
      completeAsync(() -> null, onward);
    }
  }

  /**
   * @param onward where one goes on that has to wait; asked on the thread that begins to wait
   */
  Turns(CallLimits limits, Supplier<Executor> onward) {
    this.limits = limits;
    this.onward = onward;
  }

  /** New limits, for the calls to come and for those that wait. */
  void limit(CallLimits newLimits) {
    List<Turn> next = new ArrayList<>();
    synchronized (this) {
      limits = newLimits;
      Iterator<Turn> longest = waiting.iterator();
      while (running < limits.concurrency() && longest.hasNext()) {
        running++;
        next.add(longest.next());
        longest.remove();
      }
    }
    next.forEach(Turn::come);
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
    Turn turn = new Turn(onward.get());
    waiting.add(turn);
    return turn;
  }

  /** One that was let in is done; one that still waits gives up. */
  void leave(CompletableFuture<Void> turn) {
    if (giveUp(turn)) {
      return;
    }
    Turn next = null;
    Turn end = null;
    synchronized (this) {
      Iterator<Turn> longest = waiting.iterator();
      if (running > limits.concurrency() || !longest.hasNext()) {
        running--;
        if (running == 0) {
          end = idle;
          idle = null;
        }
      } else {
        next = longest.next();
        longest.remove();
      }
    }
    if (next != null) {
      next.come();
    }
    if (end != null) {
      end.come();
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
    idle = idle == null ? new Turn(onward.get()) : idle;
    return idle.copy();
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
