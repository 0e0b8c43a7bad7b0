package io.toolgate.chaos;

import io.toolgate.scripted.Scripted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How long a scripted server takes to start without Toolgate. */
final class DirectStart {
  private static final String GREETING =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}\n";
  private static final String LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}\n";

  private DirectStart() {}

  /** From the start of the process until its tools are listed, in milliseconds. */
  static long millis(Scripted scripted) {
    long start = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(scripted.command())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (Writer in = process.outputWriter(StandardCharsets.UTF_8);
          BufferedReader out =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String request : new String[] {GREETING, LIST}) {
          in.write(request);
          in.flush();
          if (out.readLine() == null) {
            throw new AssertionError("the server ended");
          }
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
