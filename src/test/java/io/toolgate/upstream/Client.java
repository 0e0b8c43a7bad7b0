package io.toolgate.upstream;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The HTTP client of all tests, as the product has one. */
final class Client {
  static final Vertx VERTX = Vertx.vertx();
  static final RemoteHttp HTTP = new RemoteHttp(VERTX);

  private Client() {}

  /** How many connections of this machine to that port are open, as the system counts them. */
  static long open(URI server) throws IOException {
    String port = ":%04X ".formatted(server.getPort());
    long open = 0;
    for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] words = line.strip().split("\\s+");
        open += (words[2] + " ").endsWith(port) && words[3].equals("01") ? 1 : 0;
      }
    }
    return open;
  }
}
