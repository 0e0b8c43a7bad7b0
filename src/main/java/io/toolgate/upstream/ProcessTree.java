package io.toolgate.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A child process together with everything it started: {@code npx} starts a shell that starts the
 * server, and ending only the first would leave the others behind.
 *
 * <p>A process whose parent is gone cannot be found by asking for descendants. So each tree has a
 * mark in its environment, which children inherit; where there is no {@code /proc} to read it from,
 * only the descendants that were noted while their parents lived are found.
 *
 * <p>Threading: any thread; nothing blocks.
 */
final class ProcessTree {
  private static final Duration POLITE = Duration.ofMillis(1000);
  private static final Duration GRACE = Duration.ofMillis(1500);

  private static final Path PROC = Path.of("/proc");

  private final Process root;
  private final Set<ProcessHandle> known = ConcurrentHashMap.newKeySet();
  private final ChildMark mark;
  private final boolean walled;
  private final Runnable release;
  private CompletableFuture<Void> ending;

  private ProcessTree(Process root, ChildMark mark, boolean walled, Runnable release) {
    this.root = root;
    this.mark = mark;
    this.walled = walled;
    this.release = release;
    known.add(root.toHandle());
  }

  /**
   * Starts a tree.
   *
   * @param mark of the tree alone
   * @param walled whether the program is started by {@link Namespaces}
   * @param release run when the whole tree was ended
   * @throws IOException when the program is missing or cannot be started
   */
  static ProcessTree start(ProcessBuilder builder, ChildMark mark, boolean walled, Runnable release)
      throws IOException {
    builder.environment().put(ChildMark.VARIABLE, mark.value());
    return new ProcessTree(builder.start(), mark, walled, release);
  }

  Process root() {
    return root;
  }

  /** Remembers the descendants there are now, also of those whose own parent is gone. */
  void note() {
    List.copyOf(known).forEach(process -> process.descendants().forEach(known::add));
  }

  private void noteAll() {
    note();
    if (Files.isDirectory(PROC)) {
      ProcessHandle.allProcesses().filter(this::isMarked).forEach(known::add);
    }
  }

  private boolean isMarked(ProcessHandle process) {
    return ChildMark.of(process).filter(mark::equals).isPresent();
  }

  /**
   * Ends the whole tree, once: leaves it a moment to end by itself (its standard input is closed
   * already), then asks, then kills. What a child that is gone has left behind gets no such moment:
   * the next child may need its ports and locks.
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
    noteAll();
    return allGone(known, root.isAlive() ? POLITE : Duration.ZERO)
        .thenRun(
            () -> {
              noteAll();
              Set<ProcessHandle> walls = walls();
              known.stream()
                  .filter(process -> !walls.contains(process))
                  .forEach(ProcessHandle::destroy);
            })
        .thenCompose(asked -> allGone(known, GRACE))
        .thenRun(
            () -> {
              noteAll();
              known.forEach(ProcessHandle::destroyForcibly);
            })
        .thenCompose(killed -> allGone(known, GRACE))
        .thenRun(release);
  }

  /** The processes that only wait for the program; all would be killed with the first of them. */
  private Set<ProcessHandle> walls() {
    return walled
        ? Stream.concat(Stream.of(root.toHandle()), root.children()).collect(Collectors.toSet())
        : Set.of();
  }

  /** Completed when all of them are gone, and after that time at the latest. */
  static CompletableFuture<Void> allGone(Collection<ProcessHandle> processes, Duration patience) {
    return CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
