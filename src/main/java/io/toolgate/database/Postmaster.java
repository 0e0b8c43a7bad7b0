package io.toolgate.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says: the server that runs, or ran, on a cluster (PostgreSQL's {@code
 * pidfile.h}: process, folder, start in seconds, port, socket, address, memory, state).
 */
record Postmaster(long pid, String folder, Instant start, int port, boolean ready) {
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(20);

  /** Empty where there is no such file, or it is not complete. */
  static Optional<Postmaster> of(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() < 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Postmaster(
              Long.parseLong(lines.get(0).strip()),
              lines.get(1),
              Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
              Integer.parseInt(lines.get(3).strip()),
              lines.size() > 7 && lines.get(7).strip().equals("ready")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Its process, if one with that number runs; it may be a stranger that got the number later. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  /** Who has the process number, judged by name, start and the folder the process works in. */
  Holder holder(Path cluster) throws IOException {
    Optional<ProcessHandle> process = process();
    if (process.isEmpty()) {
      return Holder.NOBODY;
    }
    if (process.get().info().command().filter(word -> word.endsWith("/postgres")).isEmpty()) {
      return Holder.STRANGER;
    }
    boolean started =
        process
            .get()
            .info()
            .startInstant()
            .filter(at -> Duration.between(at, start).abs().compareTo(CLOCK_TOLERANCE) <= 0)
            .isPresent();
    // A server's working directory is its cluster.
    Path working = Path.of("/proc", Long.toString(pid), "cwd");
    boolean told = Files.exists(working);
    if (told && !Files.isSameFile(working, cluster)) {
      return Holder.STRANGER;
    }
    return started && (told || Path.of(folder).equals(cluster)) ? Holder.SERVER : Holder.UNCLEAR;
  }

  enum Holder {
    /** The server has ended without taking its file away. */
    NOBODY,
    /** A server on the cluster. */
    SERVER,
    /** Another process, which got the number later. */
    STRANGER,
    /** A PostgreSQL server that may be on the cluster; neither end it nor start beside it. */
    UNCLEAR
  }
}
