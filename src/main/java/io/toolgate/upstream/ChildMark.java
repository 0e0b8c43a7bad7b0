package io.toolgate.upstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * What every process of a child's tree carries in its environment: to which tree it belongs, and
 * which run of Toolgate started that.
 *
 * <p>A process number is used again, so a run is named by its number, the time at which it started
 * and the namespace in which that number counts. Where there is no {@code /proc} the name is
 * incomplete, and a mark tells trees apart but not runs.
 *
 * @param owner the process number of that Toolgate
 * @param started when it started, in the kernel's ticks
 * @param namespace the inode of its PID namespace
 * @param tree tells its trees apart
 */
record ChildMark(long owner, long started, long namespace, String tree) {
  static final String VARIABLE = "TOOLGATE_CHILD";

  private static final Path PROC = Path.of("/proc");
  private static final long UNKNOWN = 0;
  private static final long OUR_NUMBER = ProcessHandle.current().pid();
  private static final long OUR_START = startOf(OUR_NUMBER).orElse(UNKNOWN);
  private static final long OUR_NAMESPACE = ourNamespace();

  /** A mark for a tree that this Toolgate is about to start. */
  static ChildMark next() {
    return new ChildMark(OUR_NUMBER, OUR_START, OUR_NAMESPACE, UUID.randomUUID().toString());
  }

  /** The mark of a running process; empty when it has none, or one that we may not read. */
  static Optional<ChildMark> of(ProcessHandle process) {
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
      String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1);
      int found = text.indexOf("\0" + VARIABLE + "=");
      if (found < 0) {
        return Optional.empty();
      }
      int from = found + VARIABLE.length() + 2;
      int end = text.indexOf('\0', from);
      return read(text.substring(from, end < 0 ? text.length() : end));
    } catch (IOException e) {
      return Optional.empty(); // ended meanwhile, or another user's
    }
  }

  static Optional<ChildMark> read(String value) {
    String[] parts = value.split("\\.", -1);
    try {
      return parts.length != 4
          ? Optional.empty()
          : Optional.of(
              new ChildMark(
                  Long.parseLong(parts[0]),
                  Long.parseLong(parts[1]),
                  Long.parseLong(parts[2]),
                  parts[3]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  String value() {
    return owner + "." + started + "." + namespace + "." + tree;
  }

  /** Whether the Toolgate that started it is known to run no more. */
  boolean isOrphaned() {
    return OUR_NAMESPACE != UNKNOWN
        && namespace == OUR_NAMESPACE
        && started != UNKNOWN
        && !startOf(owner).equals(Optional.of(started));
  }

  /** When that process started; empty when there is none, or only its remains. */
  private static Optional<Long> startOf(long number) {
    try {
      String stat =
          Files.readString(PROC.resolve(number + "/stat"), StandardCharsets.ISO_8859_1).strip();
      // The second field is the program's name, which may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return "ZX".contains(fields[0]) ? Optional.empty() : Optional.of(Long.parseLong(fields[19]));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static long ourNamespace() {
    try {
      String link = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
      return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
    } catch (IOException | RuntimeException e) {
      return UNKNOWN;
    }
  }
}
