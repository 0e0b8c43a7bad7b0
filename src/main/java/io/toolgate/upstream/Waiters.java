package io.toolgate.upstream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Calls that wait for the next open session.
 *
 * <p>Threading: guarded by its owner, which completes what it {@link #take}s without its lock.
 */
final class Waiters {
  private CompletableFuture<McpSession> next = new CompletableFuture<>();

  /**
   * @return fails when there is no session in time
   */
  CompletableFuture<McpSession> join(Duration patience) {
    return next.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean any() {
    return next.getNumberOfDependents() > 0;
  }

  /** Those that wait now. */
  CompletableFuture<McpSession> take() {
    CompletableFuture<McpSession> waiting = next;
    next = new CompletableFuture<>();
    return waiting;
  }
}
