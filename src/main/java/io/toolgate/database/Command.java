package io.toolgate.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran to its end.
 *
 * <p>It gets the search path and nothing else of our environment, where secrets and settings of
 * other PostgreSQLs may stand.
 *
 * @param output of both streams
 */
record Command(int exitCode, String output) {
  private static final int LIMIT_SECONDS = 120;

  static ProcessBuilder builder(List<String> words, Path folder) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    String path = System.getenv("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    return builder.redirectErrorStream(true);
  }

  static Command run(List<String> words, Path folder) throws IOException, InterruptedException {
    return run(words, folder, "");
  }

  /**
   * @throws IOException when it cannot be started, or does not end in two minutes
   */
  static Command run(List<String> words, Path folder, String input)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "command", ".out");
    try {
      Process process = builder(words, folder).redirectOutput(output.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!await(process)) {
        throw new IOException(words.get(0) + " did not end in two minutes");
      }
      return new Command(process.exitValue(), Files.readString(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean await(Process process) throws InterruptedException {
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
  }

  boolean failed() {
    return exitCode != 0;
  }
}
