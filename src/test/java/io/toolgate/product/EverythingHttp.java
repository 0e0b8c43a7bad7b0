package io.toolgate.product;

import io.toolgate.Await;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The npm server {@code everything} over HTTP, on a free port of loopback; closing it kills it.
 *
 * <p>By itself it listens on all interfaces; a file that Node.js loads before it prevents that, and
 * prints the port.
 */
public final class EverythingHttp implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("loopback: listening on (\\S+)");
  private static final File LOOPBACK = new File("target/npm/loopback.cjs").getAbsoluteFile();

  private final Process process;
  private final String path;
  private final CompletableFuture<String> address = new CompletableFuture<>();

  private EverythingHttp(String mode, String path) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "node",
            "--require",
            LOOPBACK.toString(),
            NpmServer.EVERYTHING.program().toString(),
            mode);
    builder.environment().put("PORT", "0");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.path = path;
    Thread reader = new Thread(this::read, "everything-" + mode);
    reader.setDaemon(true);
    reader.start();
  }

  public static EverythingHttp streamable() {
    return new EverythingHttp("streamableHttp", "/mcp");
  }

  public static EverythingHttp sse() {
    return new EverythingHttp("sse", "/sse");
  }

  /** Its definition with this {@code type}. */
  public Map<String, ?> as(String type) {
    return Map.of("type", type, "url", url());
  }

  /** Its definition without a type, which Toolgate has to find out. */
  public Map<String, ?> untyped() {
    return Map.of("url", url());
  }

  private String url() {
    return "http://" + Await.result(address) + path;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(listening.group(1));
        }
      }
    } catch (IOException e) {
      // ended
    }
    address.completeExceptionally(new IllegalStateException("everything ended"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
