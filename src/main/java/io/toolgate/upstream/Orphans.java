package io.toolgate.upstream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Children of a Toolgate that was killed: nobody ended them, and they hold what the new ones need.
 *
 * <p>Invariant: only processes whose own Toolgate is known to be gone are ended, never those of one
 * that runs beside us or in another namespace. Where there is no {@code /proc} none is found.
 *
 * <p>Threading: works in a thread of its own.
 */
final class Orphans {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");
  private static final Duration GRACE = Duration.ofMillis(1500);

  /** One that starts others while it is being ended is found again. */
  private static final int ROUNDS = 3;

  private Orphans() {}

  /**
   * Looks for them once and ends them: asks, then kills.
   *
   * @return completed when all of them are gone or have been killed
   */
  static CompletableFuture<Void> end() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                endAll();
              } catch (RuntimeException e) {
                LOG.error("What an earlier Toolgate left behind could not be looked for", e);
              }
              done.complete(null);
            },
            "upstream-orphans");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static void endAll() {
    List<Orphan> found = find();
    Map<ChildMark, List<Orphan>> trees =
        found.stream().collect(Collectors.groupingBy(Orphan::mark));
    trees.forEach(Orphans::tell);
    for (int round = 0; round < ROUNDS && !found.isEmpty(); round++) {
      List<ProcessHandle> processes = found.stream().map(Orphan::process).toList();
      if (round == 0) {
        processes.forEach(ProcessHandle::destroy);
        gone(processes);
      }
      processes.forEach(ProcessHandle::destroyForcibly);
      gone(processes);
      found = find();
    }
  }

  private static void gone(Collection<ProcessHandle> processes) {
    ProcessTree.allGone(processes, GRACE).join();
  }

  private static void tell(ChildMark mark, List<Orphan> tree) {
    LOG.infof(
        "Ending what Toolgate %d left behind when it was killed: %s",
        mark.owner(), tree.stream().map(Orphan::toString).collect(Collectors.joining(", ")));
  }

  private static List<Orphan> find() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> orphan(process).stream())
        .toList();
  }

  private static Optional<Orphan> orphan(ProcessHandle process) {
    return ChildMark.of(process)
        .filter(ChildMark::isOrphaned)
        .map(mark -> new Orphan(process, mark));
  }

  private record Orphan(ProcessHandle process, ChildMark mark) {
    @Override
    public String toString() {
      String program = process.info().command().orElse("process");
      return program.substring(program.lastIndexOf('/') + 1) + " " + process.pid();
    }
  }
}
