package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that start well, late, badly or never, all beside each other. */
class ServerStartIT {
  private static final String SECRET = "tok-0987654321";
  @TempDir private static Path folder;
  private static Product product;

  @BeforeAll
  static void start() {
    Scripted bare = Scripted.stdio().withoutBuiltins();
    Map<String, Definition> servers = new LinkedHashMap<>();
    servers.put("slow", Definition.of(bare.startDelay("600s")).with("startupTimeout", "20m"));
    servers.put("missing", Definition.command("no-such-program", "--port", "1"));
    servers.put("homeless", Definition.of(bare).with("cwd", folder.resolve("absent").toString()));
    servers.put(
        "broken",
        Definition.of(bare.exitAtStart(3).stderr("\u001b[31mno licence\u001b[0m").stderr(SECRET))
            .with("env", Map.of("SOME_TOKEN", SECRET)));
    servers.put(
        "silent", Definition.of(bare.noAnswerTo("initialize")).with("startupTimeout", "1s"));
    servers.put(
        "listless", Definition.of(bare.noAnswerTo("tools/list")).with("startupTimeout", "1s"));
    servers.put("endless", Definition.of(bare.count(3).endlessPaging()));
    servers.put("torn", Definition.of(bare.count(9).page(3).failPage(2)));
    servers.put("future", Definition.of(bare.protocolVersion("2999-01-01")));
    servers.put(
        "healed", Definition.of(bare.count(1).exitAtStart(1).healedBy(folder.resolve("healed"))));
    servers.put(
        "chatty",
        Definition.of(bare.count(1).banner("Welcome!").banner("{not json").floodStderr(3_000)));
    servers.put("paged", Definition.of(bare.count(25).page(4)));
    servers.put("sloppy", Definition.of(bare.count(2).brokenEntries()));
    servers.put("toolless", Definition.of(bare.withoutTools()));
    servers.put("older", Definition.of(bare.count(1).protocolVersion("2024-11-05")));
    servers.put(
        "filtered",
        Definition.of(bare.count(5))
            .with("enabledTools", List.of("tool_1", "tool_2", "tool_3"))
            .with("disabledTools", List.of("tool_2")));
    product = Product.serving(servers);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void noneDelaysTheOthersOrTheDocument() {
    product.awaitReady("paged", "older");

    JsonNode paths = product.get("/openapi.json").json().path("paths");

    assertTrue(paths.has("/paged/tool_24"));
    assertTrue(paths.has("/older/tool_0"));
    assertEquals("starting", product.server("slow").path("status").asText());
    assertEquals("degraded", product.get("/health").json().path("status").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "missing, 'The program \"no-such-program\" was not found'",
    "homeless, absent does not exist",
    "broken, exit code 3",
    "silent, not ready within 1.0 s",
    "listless, not ready within 1.0 s",
    "torn, Page 2 cannot be read",
    "future, 'revision unknown here: \"2999-01-01\"'"
  })
  void oneThatCannotStartSaysWhy(String server, String reason) {
    JsonNode entry = product.awaitStatus(server, "failed");

    assertTrue(entry.path("reason").asText().contains(reason), entry.toString());
    assertEquals(0, entry.path("tool_count").intValue());
    product.await(
        "the 503 says it too",
        () ->
            product.post("/" + server + "/x", "{}").text().contains(reason.replace("\"", "\\\"")));
  }

  @Test
  void whatOnePrintedLastIsShownWithoutSecretsAndColours() {
    JsonNode entry = product.awaitStatus("broken", "failed");

    assertEquals("[\"no licence\",\"***\"]", entry.path("stderr").toString());
    assertFalse(String.join("\n", product.log()).contains(SECRET));
    assertTrue(product.log().stream().anyMatch(line -> line.endsWith("broken: no licence")));
  }

  @Test
  void oneThatFailedIsTriedAgainUntilItStarts() throws IOException {
    product.awaitStatus("healed", "failed");
    assertTrue(
        product.get("/openapi.json").json().path("paths").path("/healed/tool_0").isMissingNode());

    Files.createFile(folder.resolve("healed"));

    product.awaitReady("healed");
    assertTrue(product.get("/openapi.json").json().path("paths").has("/healed/tool_0"));
  }

  @ParameterizedTest
  @CsvSource({"chatty, 1", "paged, 25", "toolless, 0", "older, 1", "filtered, 2"})
  void oneThatStartsServesAllItsTools(String server, int tools) {
    JsonNode entry = product.awaitStatus(server, "ready");

    assertEquals(tools, entry.path("tool_count").intValue());
  }

  @Test
  void entriesThatAreNoToolsCostOnlyThemselves() {
    product.awaitReady("sloppy");

    Answer answer = product.post("/sloppy/tool_1", "{\"message\":\"m\"}");

    assertEquals("{\"tool\":\"tool_1\",\"arguments\":{\"message\":\"m\"}}", answer.ok());
  }

  @Test
  void onlyTheToolsItsDefinitionLetsThroughCanBeCalled() {
    product.awaitReady("filtered");

    Answer hidden = product.post("/filtered/tool_2", "{}");

    hidden.refused(404, "not-found");
    TreeSet<String> names = new TreeSet<>();
    product
        .get("/filtered")
        .json()
        .path("tools")
        .forEach(tool -> names.add(tool.path("name").asText()));
    assertEquals(new TreeSet<>(List.of("tool_1", "tool_3")), names);
  }

  @Test
  void eachSaysOnceHowItsStartWent() {
    product.awaitReady("paged");
    product.awaitStatus("missing", "failed");
    product.await("missing is tried again", () -> sinceChanges("missing"));

    List<String> lines = product.log().stream().filter(line -> line.contains("upstream ")).toList();

    assertTrue(
        lines.stream().anyMatch(line -> line.matches(".*paged +ready, 25 tools, \\d+\\.\\d s")),
        lines.toString());
    assertEquals(
        1, lines.stream().filter(line -> line.contains("missing ")).count(), lines.toString());
  }

  private static boolean sinceChanges(String server) {
    String first = product.awaitStatus(server, "failed").path("since").asText();
    product.await(
        "a later failure",
        () -> !product.awaitStatus(server, "failed").path("since").asText().equals(first));
    return true;
  }
}
