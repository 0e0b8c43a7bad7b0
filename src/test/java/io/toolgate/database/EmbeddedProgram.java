package io.toolgate.database;

import java.nio.file.Path;

/** Runs an embedded server in a process of its own; says its address, and ends with its input. */
final class EmbeddedProgram {
  private EmbeddedProgram() {}

  public static void main(String... words) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.in(Path.of(words[0]))) {
      postgres.start();
      postgres.awaitReady();
      System.out.println("ready " + postgres.address().uri());
      while (System.in.read() >= 0) {
        // until the end
      }
    }
  }
}
