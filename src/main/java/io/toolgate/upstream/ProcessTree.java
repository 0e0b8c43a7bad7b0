package io.toolgate.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A child process together with everything it started: {@code npx} starts a shell that starts the
 * server, and ending only the first would leave the others behind.
 *
 * <p>The descendants are noted while their parents live, because a process whose parent is gone
 * cannot be found from here any more.
 *
 * <p>Threading: any thread; nothing blocks.
 */
final class ProcessTree {
  private static final Duration POLITE = Duration.ofMillis(1000);
  private static final Duration GRACE = Duration.ofMillis(1500);

  private final Set<ProcessHandle> known = ConcurrentHashMap.newKeySet();
  private CompletableFuture<Void> ending;

  ProcessTree(Process root) {
    known.add(root.toHandle());
  }

  /** Remembers the descendants there are now, also of those whose own parent is gone. */
  void note() {
    List.copyOf(known).forEach(process -> process.descendants().forEach(known::add));
  }

  /**
   * Ends the whole tree, once: leaves it a moment to end by itself (its standard input is closed
   * already), then asks, then kills.
   *
   * @return completed when all of it is gone or has been killed
   */
  synchronized CompletableFuture<Void> end() {
    if (ending == null) {
      ending = begin();
    }
    return ending;
  }

  private CompletableFuture<Void> begin() {
    note();
    return allGone(POLITE)
        .thenRun(
            () -> {
              note();
              known.forEach(ProcessHandle::destroy);
            })
        .thenCompose(asked -> allGone(GRACE))
        .thenRun(
            () -> {
              note();
              known.forEach(ProcessHandle::destroyForcibly);
            });
  }

  private CompletableFuture<Void> allGone(Duration patience) {
    return CompletableFuture.allOf(
            known.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
