package io.toolgate.chaos;

import io.toolgate.product.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes below a product, seen from outside: a child's own number may be that of a namespace
 * of its own.
 */
final class Tree {
  private final ProcessHandle root;

  Tree(Product product) {
    this.root = product.process().toHandle();
  }

  /**
   * The process of a server itself, not what it is wrapped in.
   *
   * @param mark a word that only its command line contains
   */
  ProcessHandle server(String mark) {
    List<ProcessHandle> found = servers(mark);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " processes of " + mark);
    }
    return found.get(0);
  }

  /** All processes of servers with this mark. */
  List<ProcessHandle> servers(String mark) {
    return root.descendants()
        .filter(process -> says(process, mark))
        .filter(process -> process.children().noneMatch(child -> says(child, mark)))
        .toList();
  }

  int size() {
    return (int) root.descendants().count();
  }

  private static boolean says(ProcessHandle process, String mark) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
          .contains(mark);
    } catch (IOException e) {
      return false; // it has just ended
    }
  }

  /** The threads of Toolgate itself. */
  long threads() {
    return count("task");
  }

  /** The open files and sockets of Toolgate itself. */
  long files() {
    return count("fd");
  }

  private long count(String folder) {
    try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(root.pid()), folder))) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resident memory of Toolgate itself, in kilobytes. */
  long memory() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", String.valueOf(root.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
