package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.toolgate.chaos.Callers.Got;
import io.toolgate.chaos.Callers.Wanted;
import io.toolgate.product.NpmServer;
import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers as published on npm are killed under load and come back. */
class KilledRealServersIT {
  /** The page's browser finds no host but this machine. */
  private static final String BROWSER =
      """
      {"browser": {"launchOptions": {"args": [
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]}}}
      """;

  private static final String PAGE = "<title>Loopback</title><h1>Served by the test</h1>";
  private static final List<NpmServer> KILLED =
      List.of(NpmServer.MEMORY, NpmServer.FILESYSTEM, NpmServer.EVERYTHING);

  @TempDir private static Path folder;
  private static HttpServer page;
  private static Product product;
  private static Tree tree;

  @BeforeAll
  static void start() throws IOException {
    Requires.node();
    Files.writeString(folder.resolve("hello.txt"), "hello");
    Map<String, Map<String, ?>> servers = new HashMap<>();
    String memory = folder.resolve("memory.jsonl").toString();
    servers.put("memory", NpmServer.MEMORY.stdio(Map.of("MEMORY_FILE_PATH", memory)));
    servers.put("filesystem", NpmServer.FILESYSTEM.stdio(folder.toRealPath().toString()));
    servers.put("everything", NpmServer.EVERYTHING.stdio());
    Map<String, Object> playwright =
        new HashMap<>(
            NpmServer.PLAYWRIGHT.stdio(
                "--headless",
                "--no-sandbox",
                "--isolated",
                "--executable-path",
                "/usr/bin/chromium",
                "--config",
                Files.writeString(folder.resolve("browser.json"), BROWSER).toString()));
    playwright.put("cwd", folder.toString()); // it leaves files where it runs
    servers.put("playwright", playwright);
    page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page.createContext(
        "/",
        exchange -> {
          byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    page.start();
    product = Product.serving(servers, Map.of("RESTART_WAIT", "20s"));
    product.awaitReady("memory", "filesystem", "everything");
    tree = new Tree(product);
  }

  @AfterAll
  static void stop() {
    if (product != null) {
      product.close();
      page.stop(0);
    }
  }

  @Test
  void callersOfRealServersBarelyNoticeThatTheyAreKilled() {
    String file = folder.resolve("hello.txt").toString();
    List<Wanted> wanted =
        List.of(
            new Wanted("/memory/read_graph", "{}"),
            new Wanted("/filesystem/read_text_file", "{\"path\":\"" + file + "\"}"),
            new Wanted("/everything/echo", "{\"message\":\"m\"}"));
    product.post("/memory/create_entities", entity("before")).ok();
    List<Got> all;
    Span span = Span.begin();
    try (Callers callers = Callers.of(product, 9, i -> n -> wanted.get(i % wanted.size()))) {
      for (int i = 0; i < KILLED.size() || !span.isOver(); i++) {
        int before = callers.count();
        product.await("callers are served", () -> callers.count() > before + 30);

        tree.server(KILLED.get(i % KILLED.size()).program().toString()).destroyForcibly();

        int died = callers.count();
        long earliest = Span.nextDeath();
        product.await(
            "callers are served again",
            () -> callers.count() > died + 30 && System.nanoTime() >= earliest);
        product.awaitReady("memory", "filesystem", "everything");
      }
      all = callers.stop();
    }

    System.out.printf(
        "%d calls of real servers, the longest %d ms%n",
        all.size(), all.stream().mapToLong(Got::ms).max().orElseThrow());
    assertEquals(List.of(), all.stream().filter(got -> !got.isOk()).toList());
    assertTrue(product.post("/memory/read_graph", "{}").ok().contains("before"));
  }

  private static String entity(String name) {
    return "{\"entities\":[{\"name\":\""
        + name
        + "\",\"entityType\":\"t\",\"observations\":[\"o\"]}]}";
  }

  @Test
  @Tag("debian")
  void aBrowserThatIsKilledWithItsServerBrowsesAgain() {
    Requires.chromium();
    product.awaitReady("playwright");
    assertTrue(snapshot().contains("Served by the test"));
    ProcessHandle server = tree.server(NpmServer.PLAYWRIGHT.program().toString());
    List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
    assertTrue(all.size() > 2, "no browser runs: " + all);

    all.forEach(ProcessHandle::destroyForcibly);

    product.await("none is left", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    product.awaitReady("playwright");
    assertTrue(snapshot().contains("Served by the test"));
  }

  /** What the browser shows of the page, in the words of the server. */
  private static String snapshot() {
    String url = "http://127.0.0.1:" + page.getAddress().getPort() + "/";
    product.post("/playwright/browser_navigate", "{\"url\":\"" + url + "\"}").ok();
    return product.post("/playwright/browser_snapshot", "{}").ok();
  }
}
