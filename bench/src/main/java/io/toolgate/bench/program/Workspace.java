package io.toolgate.bench.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Folders of a run: the repository, and one that is made anew and holds the data folder, which all
 * figures use one after the other, so that the database is initialised once.
 */
public record Workspace(Path home, Path folder, AtomicInteger count) {
  public static Workspace make(Path home) throws IOException {
    return new Workspace(home, Files.createTempDirectory("toolgate-bench"), new AtomicInteger());
  }

  public Path echo() {
    return home.resolve("bench/target/echo");
  }

  Path data() {
    return folder.resolve("data");
  }

  /** A file that is not there yet. */
  public Path file(String name) {
    return folder.resolve(count.incrementAndGet() + "-" + name);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public void delete() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
