package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read beside the documents: listings, health, metrics, pages. */
class PagesIT {
  @TempDir private static Path folder;
  private static Product product;

  @BeforeAll
  static void start() {
    Scripted plain = Scripted.stdio().withoutOddTools();
    product =
        Product.serving(
                Map.of(
                    "s",
                    Definition.of(plain)
                        .with("displayName", "The Scripted")
                        .with("description", "Does what it is told.")
                        .with("tier", "local"),
                    "off",
                    Definition.of(plain).with("disabled", true),
                    "silent",
                    Definition.of(plain.noAnswerTo("initialize")).with("startupTimeout", "20m"),
                    "broken",
                    Definition.of(plain.exitAtStart(1).healedBy(folder.resolve("healed")))))
            .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/openapi.yaml", "/s/openapi.json", "/servers", "/docs"})
  void headIsGetWithoutItsBody(String path) {
    Answer get = product.get(path);

    Answer head = product.send("HEAD", path, null);

    assertEquals(200, head.status());
    assertEquals(0, head.body().length);
    assertEquals(get.header("ETag"), head.header("ETag"));
  }

  @Test
  void allServersAreListedWithTheirState() {
    JsonNode listing = product.get("/servers").json();

    assertEquals(4, listing.path("total_servers").intValue());
    assertEquals("{\"local\":1,\"stdio\":3}", listing.path("by_tier").toString());
    assertTrue(listing.path("usage").isObject());
    JsonNode server = product.server("s");
    assertEquals("The Scripted", server.path("name").asText());
    assertEquals("Does what it is told.", server.path("description").asText());
    assertEquals("local", server.path("tier").asText());
    assertTrue(server.path("enabled").booleanValue());
    assertEquals("ready", server.path("status").asText());
    assertEquals(50, server.path("tool_count").intValue());
    assertEquals("/s", server.path("endpoint").asText());
    assertEquals("/s", server.path("tools_endpoint").asText());
    JsonNode off = product.server("off");
    assertFalse(off.path("enabled").booleanValue());
    assertEquals("disabled", off.path("status").asText());
    assertEquals("disabled in its file", off.path("reason").asText());
  }

  @Test
  void allServersAreListedAsTenants() {
    JsonNode listing = product.get("/tenants").json();

    assertEquals(4, listing.path("total_tenants").intValue());
    assertEquals(4, listing.path("tenants").size());
    assertEquals(
        "{\"id\":\"s\",\"name\":\"The Scripted\",\"enabled\":true,\"status\":\"ready\",\"tool_count\":50,\"endpoint\":\"/s\"}",
        tool(listing.path("tenants"), "id", "s").toString());
    JsonNode off = tool(listing.path("tenants"), "id", "off");
    assertFalse(off.path("enabled").booleanValue());
    assertEquals(0, off.path("tool_count").intValue());
  }

  @Test
  void aServerIsShownWithTheUntouchedSchemasOfItsTools() {
    JsonNode server = product.get("/s").json();

    assertEquals("s", server.path("server").asText());
    assertEquals(50, server.path("tools").size());
    JsonNode add = tool(server.path("tools"), "name", "add");
    assertEquals("/s/add", add.path("endpoint").asText());
    assertEquals(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"number\"}},"
            + "\"required\":[\"a\",\"b\"],\"additionalProperties\":false}",
        add.path("inputSchema").toString());
    JsonNode structured = tool(server.path("tools"), "name", "structured");
    assertTrue(structured.path("outputSchema").path("properties").has("degrees"));
  }

  @Test
  void allToolsAreListed() {
    JsonNode listing = product.get("/tools").json();

    assertEquals(listing.path("tools").size(), listing.path("total_tools").intValue());
    JsonNode echo = tool(listing.path("tools"), "name", "s_echo");
    assertEquals(
        "{\"name\":\"s_echo\",\"server\":\"s\",\"tool\":\"echo\",\"description\":\"Tool echo\",\"endpoint\":\"/s/echo\"}",
        echo.toString());
  }

  private static JsonNode tool(JsonNode tools, String key, String name) {
    for (JsonNode tool : tools) {
      if (tool.path(key).asText().equals(name)) {
        return tool;
      }
    }
    throw new AssertionError("no " + name + " in " + tools);
  }

  @Test
  void refreshStartsAtOnceWhatIsDown() throws IOException {
    product.await(
        "the pauses have grown",
        () -> product.awaitStatus("broken", "failed").path("reason").asText().contains("code 1"));
    Files.createFile(folder.resolve("healed"));

    Answer answer = product.post("/refresh", "");

    assertEquals("refreshing", answer.json().path("status").asText());
    product.awaitReady("broken");
  }

  @Test
  void healthHasTheKeysOfItsPredecessorAndEachServer() {
    JsonNode health = product.get("/health").json();

    assertTrue(List.of("healthy", "degraded").contains(health.path("status").asText()));
    assertEquals("toolgate", health.path("service").asText());
    assertTrue(health.path("tools_cached").intValue() >= 50);
    assertEquals(3, health.path("tenants").intValue());
    assertFalse(health.path("meta_tools_mode").booleanValue());
    assertEquals("ready", health.path("servers").path("s").asText());
    assertEquals("starting", health.path("servers").path("silent").asText());
    assertEquals(1, health.path("warnings").size());
    assertTrue(health.path("warnings").get(0).asText().startsWith("Servers are not confined"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready"})
  void theProbesOfOrchestratorsAreAnswered(String path) {
    product.await("the database is ready", () -> product.get("/q/health/ready").status() == 200);

    Answer answer = product.get(path);

    answer.ok();
    assertEquals("UP", answer.json().path("status").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/q/metrics"})
  void callsAreCounted(String path) {
    product.post("/s/add", "{}").refused(422, "invalid-arguments");
    product.post("/forged/x", "{}");

    String metrics = product.get(path, "Accept", "text/plain").ok();

    Pattern counter =
        Pattern.compile("toolgate_calls_seconds_count\\{server=\"s\",status=\"422\",?\\} [1-9]");
    assertTrue(counter.matcher(metrics).find(), metrics);
    assertFalse(metrics.contains("forged"), "names that callers make up are not kept");
  }

  @Test
  void theFixedEndpointsAreDescribedApart() {
    JsonNode document = product.get("/q/openapi?format=json").json();

    TreeSet<String> paths = new TreeSet<>();
    document.path("paths").fieldNames().forEachRemaining(paths::add);
    assertTrue(
        paths.containsAll(
            List.of("/servers", "/tools", "/{server}", "/health", "/refresh", "/openapi.json")),
        paths.toString());
    assertFalse(paths.contains("/s/echo"), paths.toString());
    assertTrue(paths.stream().noneMatch(path -> path.startsWith("/{path")), paths.toString());
  }

  @Test
  void theSchemaOfTenantFilesIsServed() {
    JsonNode schema = product.get("/schemas/tenant-file.schema.json").json();

    assertTrue(schema.path("properties").has("mcpServers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/s/docs"})
  void thePageToBrowseLoadsOnlyWhatIsServedHere(String path) {
    Answer page = product.get(path);

    assertTrue(page.ok().startsWith("<!doctype html>"));
    String policy = page.header("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    List<String> loaded =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page.text())
            .results()
            .map((MatchResult match) -> match.group(1))
            .filter(reference -> !reference.startsWith("data:"))
            .toList();
    assertEquals(3, loaded.size(), page.text());
    loaded.forEach(reference -> product.get(URI.create(path).resolve(reference).toString()).ok());
  }

  @Test
  void aPageOfAnUnknownServerIs404() {
    Answer answer = product.get("/nobody/docs");

    answer.refused(404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.json",
        "/openapi.yaml",
        "/s/openapi.json",
        "/docs",
        "/servers",
        "/s",
        "/tools",
        "/health",
        "/q/health/live",
        "/metrics",
        "/q/openapi",
        "/api/config",
        "/system",
        "/schemas/tenant-file.schema.json",
        "/webjars/toolgate/docs.js",
        "/nothing",
        "/a/b/c"
      })
  void noAnswerIsSniffedAndEachHasItsId(String path) {
    Answer answer = product.get(path);

    assertEquals("nosniff", answer.header("X-Content-Type-Options").orElse(""));
    assertTrue(answer.header("X-Request-Id").isPresent());
  }

  @Test
  void withoutInstructionsThereIsNothingForTheSystemPrompt() {
    JsonNode config = product.get("/api/config").json();

    assertFalse(config.path("features").path("system").booleanValue());
    assertEquals("", product.get("/system").json().path("prompt").asText("missing"));
  }
}
