package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.chaos.Callers.Got;
import io.toolgate.chaos.Callers.Wanted;
import io.toolgate.product.Answer;
import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions that change while their servers are called. */
class RedefinedServersIT {
  private static Product product;
  private static Tree tree;
  private final Map<String, Definition> servers = new TreeMap<>();

  /** A server that is told from others by its command line. */
  private static Definition marked(String mark) {
    return Definition.of(Scripted.stdio().withoutOddTools().instructions(mark));
  }

  private static Map<String, Definition> first() {
    return Map.of(
        "steady", marked("mark-steady"),
        "changing", marked("mark-before"),
        "leaving", marked("mark-leaving"));
  }

  @BeforeAll
  static void start() {
    product = Product.serving(first());
    tree = new Tree(product);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @BeforeEach
  void asInTheBeginning() {
    servers.putAll(first());
    product.define(servers);
    product.post("/refresh", "").ok();
    product.awaitReady("steady", "changing", "leaving");
  }

  @AfterEach
  void theUnchangedOneWasNotTouched() {
    assertEquals(1, tree.servers("mark-steady").size());
  }

  @Test
  void onlyWhatChangedIsTouchedAndRunningCallsFinish() {
    long before = tree.server("mark-steady").pid();
    CompletableFuture<Answer> changed = product.postLater("/changing/slow", "{\"ms\":4000}");
    CompletableFuture<Answer> removed = product.postLater("/leaving/slow", "{\"ms\":4000}");
    product.await("both run", () -> running("changing") == 1 && running("leaving") == 1);
    List<Got> all;
    try (Callers callers =
        Callers.of(product, 8, i -> n -> new Wanted("/steady/slow", "{\"ms\":20}"))) {
      servers.put("changing", marked("mark-after"));
      servers.put("fresh", marked("mark-fresh"));
      servers.remove("leaving");

      product.define(servers); // noticed without being told

      product.await("the new one is there", () -> ids().contains("fresh"));
      product.awaitReady("fresh", "changing");
      all = callers.stop();
    }

    assertEquals("\"answered after 4000 ms\"", changed.join().ok());
    assertEquals("\"answered after 4000 ms\"", removed.join().ok());
    assertEquals(List.of(), all.stream().filter(got -> !got.isOk()).toList());
    assertEquals(before, tree.server("mark-steady").pid());
    assertEquals("\"m\"", product.post("/fresh/echo", "{\"message\":\"m\"}").ok());
    assertEquals("\"m\"", product.post("/changing/echo", "{\"message\":\"m\"}").ok());
    product.post("/leaving/echo", "{\"message\":\"m\"}").refused(404, "not-found");
    assertFalse(product.get("/openapi.json").text().contains("/leaving/"));
    product.await(
        "what was replaced has ended",
        () -> tree.servers("mark-before").isEmpty() && tree.servers("mark-leaving").isEmpty());
  }

  @Test
  void callsOfAServerThatIsChangedAgainAndAgainAreServedOrToldToComeAgain() {
    List<Got> all;
    try (Callers callers =
        Callers.of(product, 8, i -> n -> new Wanted("/changing/slow_look", "{\"ms\":20}"))) {
      for (int i = 0; i < Span.rounds(4); i++) {
        servers.put("changing", marked("mark-" + i));
        product.define(servers);
        product.post("/refresh", "").ok();
        product.awaitReady("changing");
      }
      all = callers.stop();
    }

    assertEquals(
        List.of(),
        all.stream()
            .filter(
                got ->
                    !got.isOk()
                        && !(got.problem().equals("upstream-unavailable")
                            && got.retryAfter().isPresent()))
            .toList());
    System.out.printf(
        "%d calls while their server was changed, %d told to come again%n",
        all.size(), all.stream().filter(got -> !got.isOk()).count());
  }

  @Test
  void brokenFilesChangeNothingUntilTheyAreMended() {
    long before = tree.server("mark-before").pid();

    product.define("{\"mcpServers\": {\"changing\": {\"comand\": \"no\"}, ");
    JsonNode refreshed = product.post("/refresh", "").json();

    assertEquals(1, refreshed.path("mistakes").size(), refreshed.toString());
    JsonNode health = product.get("/health").json();
    assertEquals("degraded", health.path("status").asText());
    assertEquals(
        refreshed.path("mistakes"), health.at("/definitions_refused/mistakes"), health.toString());
    assertEquals("\"m\"", product.post("/changing/echo", "{\"message\":\"m\"}").ok());
    assertEquals(before, tree.server("mark-before").pid());

    product.define(servers);
    product.await(
        "mended files are noticed",
        () -> !product.get("/health").json().has("definitions_refused"));
    assertEquals(before, tree.server("mark-before").pid());
  }

  @Test
  void theSignalHupReadsThemAgain() throws IOException, InterruptedException {
    long before = tree.server("mark-before").pid();
    servers.put("changing", marked("mark-by-signal"));
    product.define(servers);

    String toolgate = String.valueOf(product.process().pid());
    assertEquals(0, Await.end(new ProcessBuilder("kill", "-HUP", toolgate).start()));

    product.await(
        "the new one runs, although files that change all the time are not noticed",
        () -> {
          product.define(servers);
          return tree.servers("mark-by-signal").size() == 1;
        });
    product.awaitReady("changing");
    assertNotEquals(before, tree.server("mark-by-signal").pid());
  }

  private static int running(String server) {
    return tree.servers(server.equals("leaving") ? "mark-leaving" : "mark-before").size();
  }

  private static List<String> ids() {
    return product.get("/servers").json().path("servers").findValuesAsText("id");
  }
}
