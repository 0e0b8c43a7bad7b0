package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Open WebUI sees when servers come and go. */
class OpenWebUiIT {
  private static final List<OpenWebUi> CLIENTS = Subject.clients().toList();

  @TempDir private Path folder;

  /** Starts while the file exists, and not again once it is gone. */
  private Map<String, ?> startingBeside(Path file) {
    return Product.definition(Scripted.stdio().exitAtStart(3).healedBy(file));
  }

  private static void killScripted(Product product) {
    long pid = Long.parseLong(product.post("/scripted/pid", "{}").text());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    product.await(
        "scripted has failed",
        () -> product.server("scripted").path("status").asText().equals("failed"));
  }

  private static Connection connected(OpenWebUi client, Product product) {
    return client.connect(product.url(), Auth.none());
  }

  @Test
  void documentStaysTheSameWhileAServerIsDown() throws IOException {
    Path healthy = Files.createFile(folder.resolve("healthy"));
    Map<String, ?> neighbour = Product.definition(Scripted.stdio().withoutOddTools());
    Map<String, ?> servers = Map.of("scripted", startingBeside(healthy), "neighbour", neighbour);
    try (Product product = Product.serving(servers).awaitReady("scripted", "neighbour")) {
      String before = product.get("/openapi.json").text();
      Files.delete(healthy);

      killScripted(product);

      assertEquals(before, product.get("/openapi.json").text());
      for (OpenWebUi client : CLIENTS) {
        Connection connection = connected(client, product);
        ToolResult lost = connection.call("scripted_echo", Map.of("message", "hi"));
        assertInstanceOf(ToolResult.Failed.class, lost);
        assertTrue(lost.message().contains("503"), lost.message());
        ToolResult other = connection.call("neighbour_echo", Map.of("message", "hi"));
        assertEquals("hi", other.message());
      }
    }
  }

  @Test
  void toolsAnswerAgainWhenTheirServerIsBack() throws IOException {
    Path healthy = Files.createFile(folder.resolve("healthy"));
    Map<String, ?> servers = Map.of("scripted", startingBeside(healthy));
    try (Product product = Product.serving(servers).awaitReady("scripted")) {
      Connection connection = connected(new NewBackend(), product);
      Files.delete(healthy);
      killScripted(product);
      Files.createFile(healthy);

      product.post("/refresh", "");
      product.awaitReady("scripted");

      assertEquals("hi", connection.call("scripted_echo", Map.of("message", "hi")).message());
    }
  }

  @Test
  void namesOfToolsStayTheSameWhenOtherServersAreAdded() {
    Map<String, Map<String, ?>> servers = new LinkedHashMap<>();
    servers.put("scripted", Product.definition(Scripted.stdio()));
    List<ModelTool> before;
    try (Product product = Product.serving(servers).awaitReady("scripted")) {
      before = connected(new NewBackend(), product).tools();
    }
    servers.put("a", Product.definition(Scripted.stdio()));
    servers.put("scripted_json", Product.definition(Scripted.stdio()));

    List<ModelTool> after;
    try (Product product = Product.serving(servers).awaitReady("scripted", "a", "scripted_json")) {
      after = connected(new NewBackend(), product).tools();
    }

    assertFalse(before.isEmpty());
    assertTrue(after.size() > before.size());
    assertTrue(after.containsAll(before));
  }
}
