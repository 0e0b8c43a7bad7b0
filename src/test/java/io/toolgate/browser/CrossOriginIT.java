package io.toolgate.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of other origins in a real browser: those of this machine may call, as Open WebUI's does;
 * foreign ones may not, whichever way they find to this machine.
 */
@Tag("debian")
class CrossOriginIT {
  @TempDir private static Path folder;
  private static Path received;
  private static HttpServer pages;
  private static Product product;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Path program = Requires.chromium();
    received = folder.resolve("received.jsonl");
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          byte[] page =
              "<!doctype html><title>page</title><p>page".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    pages.start();
    Scripted server = Scripted.stdio().withoutOddTools().record(received);
    product =
        Product.serving(Map.of("scripted", Product.definition(server))).awaitReady("scripted");
    chromium = new Chromium(program, folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (product != null) {
      product.close();
    }
    if (pages != null) {
      pages.stop(0);
    }
  }

  private static Tab page(String host) {
    return chromium.open("http://" + host + ":" + pages.getAddress().getPort() + "/");
  }

  /** What a page gets, as {@code {status, body}}, or {@code {failure}} where it may not look. */
  private static JsonNode fetched(Tab tab, String url, String options) {
    return tab.evaluate(
        "fetch('%s', %s).then(async r => ({status: r.status, body: await r.text()}),"
                .formatted(url, options)
            + " e => ({failure: String(e)}))");
  }

  private static String call(String message) {
    return "{method: 'POST', headers: {'Content-Type': 'application/json', authorization: 'Bearer k',"
        + " 'X-Session-Id': 's'}, body: JSON.stringify({message: '"
        + message
        + "'})}";
  }

  private static boolean wasReceived(String text) throws IOException {
    return Files.readString(received).contains(text);
  }

  @Test
  void pageOfThisMachineReadsTheDocument() {
    Tab tab = page("localhost");
    String options =
        "{headers: {Accept: 'application/json', 'Content-Type': 'application/json', authorization: 'Bearer k'}}";

    JsonNode document = fetched(tab, product.url() + "//openapi.json", options);

    assertEquals(200, document.path("status").asInt(), document.toString());
    assertTrue(document.path("body").asText().contains("scripted_echo"));
  }

  @Test
  void pageOfThisMachineCallsATool() throws IOException {
    Tab tab = page("127.0.0.1");

    JsonNode answer = fetched(tab, product.url() + "//scripted/echo", call("from a page"));

    assertEquals(200, answer.path("status").asInt(), answer.toString());
    assertEquals("\"from a page\"", answer.path("body").asText());
    assertTrue(wasReceived("from a page"));
  }

  @Test
  void pageOfThisMachineReadsWhyItsCallFailed() {
    Tab tab = page("localhost");

    JsonNode answer = fetched(tab, product.url() + "/scripted/no-such-tool", call("x"));

    assertEquals(404, answer.path("status").asInt(), answer.toString());
    assertTrue(answer.path("body").asText().contains("not-found"), answer.toString());
  }

  @Test
  void foreignPageReadsNothing() {
    Tab tab = page(Chromium.FOREIGN_HOST);

    JsonNode document = fetched(tab, product.url() + "/openapi.json", "{}");

    assertTrue(document.path("failure").asText().contains("Failed to fetch"), document.toString());
  }

  @Test
  void foreignPageCallsNothingAlsoNotBlindly() throws IOException {
    Tab tab = page(Chromium.FOREIGN_HOST);

    JsonNode open = fetched(tab, product.url() + "/scripted/echo", call("stolen openly"));
    fetched(
        tab,
        product.url() + "/scripted/echo",
        "{method: 'POST', mode: 'no-cors', body: '{\"message\": \"stolen blindly\"}'}");

    assertTrue(open.has("failure"), open.toString());
    assertFalse(wasReceived("stolen"));
  }

  @Test
  void nameThatWasReboundToThisMachineGetsNothing() throws IOException {
    String rebound = product.url().replace("localhost", Chromium.FOREIGN_HOST);
    Tab tab = chromium.open(rebound + "/docs");

    JsonNode call = fetched(tab, rebound + "/scripted/echo", call("stolen by rebinding"));

    assertTrue(tab.text().contains("not-granted"), tab.text());
    assertEquals(403, call.path("status").asInt(), call.toString());
    assertFalse(wasReceived("stolen"));
  }
}
