package io.toolgate.browser;

import io.toolgate.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A headless Chromium with an empty profile; closing it ends it.
 *
 * <p>Invariant: it finds no host but this machine. The name {@value #FOREIGN_HOST} leads to this
 * machine too, as a name does that was rebound to it.
 */
final class Chromium implements AutoCloseable {
  static final String FOREIGN_HOST = "foreign.test";
  private static final String HOSTS =
      "MAP " + FOREIGN_HOST + " 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final CompletableFuture<URI> listening = new CompletableFuture<>();
  private final DevTools devTools;
  private String target;

  /**
   * @param profile an empty folder
   */
  Chromium(Path program, Path profile) {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-breakpad",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=" + HOSTS,
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::read, "chromium");
    reader.setDaemon(true);
    reader.start();
    devTools = new DevTools(Await.result(listening));
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher address = LISTENING.matcher(line);
        if (address.find()) {
          listening.complete(URI.create(address.group(1)));
        }
      }
    } catch (IOException e) {
      // ended
    }
    listening.completeExceptionally(new IllegalStateException("Chromium ended"));
  }

  /** A new tab that shows this page, loaded; the one before is closed. */
  Tab open(String url) {
    if (target != null) {
      devTools.send(null, "Target.closeTarget", Map.of("targetId", target));
    }
    target =
        devTools
            .send(null, "Target.createTarget", Map.of("url", "about:blank"))
            .get("targetId")
            .asText();
    Map<String, ?> flat = Map.of("targetId", target, "flatten", true);
    String session = devTools.send(null, "Target.attachToTarget", flat).get("sessionId").asText();
    return new Tab(devTools, session, url);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    try {
      devTools.send(null, "Browser.close", Map.of());
      Await.end(process);
    } finally {
      devTools.close();
      all.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
