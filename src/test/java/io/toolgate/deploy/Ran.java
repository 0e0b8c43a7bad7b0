package io.toolgate.deploy;

import io.toolgate.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that ran to its end, as an operator sees it. */
record Ran(int code, String out, String err) {
  /** Without a database in the environment, unless one is given. */
  static Ran command(Map<String, String> environment, String... words) {
    return command(Path.of(""), environment, List.of(words));
  }

  /** The same in a folder. */
  static Ran command(Path folder, Map<String, String> environment, List<String> words) {
    try {
      Path out = Files.createTempFile("deploy", ".out");
      Path err = Files.createTempFile("deploy", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.directory(folder.toAbsolutePath().toFile());
      List.of("DATABASE_URL", "DATABASE_URL_FILE").forEach(builder.environment()::remove);
      builder.environment().putAll(environment);
      Process process = builder.start();
      int code = Await.end(process, () -> words + " said " + read(err));
      Ran ran = new Ran(code, read(out), read(err));
      Files.delete(out);
      Files.delete(err);
      return ran;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All it said. */
  String output() {
    return out + err;
  }

  /** What it said on standard output; it has to have succeeded. */
  String ok() {
    if (code != 0) {
      throw new AssertionError("exit " + code + ": " + output());
    }
    return out;
  }

  /** What it said last on standard error. */
  String sentence() {
    String[] lines = err.strip().split("\n");
    return lines[lines.length - 1];
  }
}
