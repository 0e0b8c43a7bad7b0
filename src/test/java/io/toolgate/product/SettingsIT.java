package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.FreePort;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the environment and the command line set. */
class SettingsIT {
  private static final Scripted PLAIN = Scripted.stdio().withoutOddTools();
  @TempDir Path folder;

  private void tenants(String file, Map<String, ?> servers) throws IOException {
    Files.writeString(
        folder.resolve(file), Answer.JSON.writeValueAsString(Map.of("mcpServers", servers)));
  }

  @Test
  void theEnvironmentSaysWhatTheOptionsSay() throws IOException {
    tenants("one.json", Map.of("a", Definition.of(PLAIN).with("disabled", true)));
    tenants("two.json", Map.of("b", Definition.command("true").with("disabled", true)));
    String port = Integer.toString(FreePort.next());
    Path data = folder.resolve("deep/data");
    try (Product product =
        Product.bare(
            Map.of(
                "PORT",
                port,
                "HOST",
                "localhost",
                "TENANTS_DIR",
                folder.toString(),
                "DATA_DIR",
                data.toString()))) {
      JsonNode servers = product.get("/servers").json();

      assertEquals("http://localhost:" + port, product.url());
      assertEquals(List.of("a", "b"), servers.path("servers").findValuesAsText("id"));
      assertTrue(Files.exists(data.resolve("files/welcome.txt")));
    }
  }

  @Test
  void optionsWinOverTheEnvironment() throws IOException {
    tenants("one.json", Map.of("a", Definition.of(PLAIN).with("disabled", true)));
    String port = Integer.toString(FreePort.next());
    try (Product product =
        Product.bare(
            Map.of(
                "PORT", "1", "HOST", "192.0.2.1", "TENANTS_DIR", "absent", "DATA_DIR", "/proc/x"),
            "--port=" + port,
            "--host=127.0.0.1",
            "--config=" + folder.resolve("one.json"),
            "--data=" + folder.resolve("data"))) {

      assertEquals("http://localhost:" + port, product.url());
      assertEquals("disabled", product.server("a").path("status").asText());
    }
  }

  @Test
  void anEmptyVariableCountsAsUnset() throws IOException {
    tenants("one.json", Map.of("a", Definition.of(PLAIN).with("disabled", true)));
    Map<String, String> empty = new HashMap<>();
    List.of(
            "HOST",
            "PORT",
            "TENANTS_DIR",
            "DATA_DIR",
            "ENABLE_SERVERS",
            "DISABLE_SERVERS",
            "ALLOW_ANONYMOUS",
            "CORS_ALLOW_ORIGINS",
            "STARTUP_TIMEOUT",
            "CALL_TIMEOUT",
            "MCPO_OPERATION_IDS")
        .forEach(name -> empty.put(name, ""));
    try (Product product =
        Product.bare(
            empty,
            "--port=0",
            "--config=" + folder.resolve("one.json"),
            "--data=" + folder.resolve("data"))) {

      assertEquals("disabled", product.server("a").path("status").asText());
    }
  }

  @Test
  void serversAreSwitchedByTheEnvironment() {
    Map<String, Definition> servers =
        Map.of(
            "a", Definition.of(PLAIN).with("disabled", true),
            "b", Definition.of(PLAIN),
            "c", Definition.of(PLAIN).with("requires", List.of("NEVER_SET_ANYWHERE")),
            "d", Definition.of(PLAIN).with("requires", List.of("SET_HERE")));
    try (Product product =
        Product.serving(
                servers,
                Map.of("ENABLE_SERVERS", "A,nobody", "DISABLE_SERVERS", "b", "SET_HERE", "1"))
            .awaitReady("a", "d")) {

      assertEquals("disabled by DISABLE_SERVERS", product.server("b").path("reason").asText());
      assertEquals("needs NEVER_SET_ANYWHERE", product.server("c").path("reason").asText());
      assertTrue(
          product.log().stream().anyMatch(line -> line.contains("\"nobody\" is no server")),
          product.log().toString());
    }
  }

  @Test
  void whereAnyoneMayCallItIsSaid() {
    try (Product product =
        Product.serving(Map.of("s", Definition.of(PLAIN)), Map.of("ALLOW_ANONYMOUS", "true"))
            .awaitReady("s")) {
      Answer answer =
          RawRequest.send(
              product.url(),
              "GET /servers HTTP/1.1\nHost: toolgate.example\nConnection: close",
              new byte[0]);

      answer.ok();
      String warning = product.get("/health").json().path("warnings").path(0).asText();
      assertTrue(warning.startsWith("ALLOW_ANONYMOUS is set"), warning);
      assertTrue(
          product.log().stream()
              .anyMatch(line -> line.contains("WARN") && line.contains("ALLOW_ANONYMOUS is set")),
          product.log().toString());
    }
  }

  private static Product withKey(Map<String, String> environment) {
    List<String> words = new ArrayList<>(List.of("--api-key", Proofs.KEY, "--"));
    words.addAll(PLAIN.command());
    Product product = Product.launch(environment, words.toArray(String[]::new));
    product.proving("X-API-Key", Proofs.KEY);
    String name =
        product.get("/servers", "X-API-Key", Proofs.KEY).json().at("/servers/0/id").asText();
    return product.awaitReady(name);
  }

  @Test
  void aKeyOnTheCommandLineIsAskedForAndIsEnoughToCall() {
    try (Product product = withKey(Map.of("REQUIRE_USER", ""))) {
      Answer answer = product.post("/echo", "{\"message\":\"m\"}", "X-API-Key", Proofs.KEY);

      assertEquals("\"m\"", answer.ok());
      product.post("/echo", "{\"message\":\"m\"}").refused(401, "unauthenticated");
      String log = String.join("\n", product.log());
      assertTrue(log.contains("REQUIRE_USER is false, which --api-key sets too"), log);
      assertFalse(log.contains(Proofs.KEY), log);
    }
  }

  @Test
  void aUserMayBeRequiredBesideAKeyOnTheCommandLine() {
    try (Product product = withKey(Map.of("REQUIRE_USER", "true"))) {
      Answer alone = product.post("/echo", "{\"message\":\"m\"}", "X-API-Key", Proofs.KEY);

      alone.refused(401, "unauthenticated");
    }
  }

  @Test
  void serversForDemonstrationAreOffWhereCallersProveThemselves() {
    Map<String, Definition> servers = Map.of("demo", Definition.of(PLAIN).with("demo", true));
    Map<String, String> environment = Map.of("MCP_API_KEY", Proofs.KEY);
    try (Product open = Product.serving(servers);
        Product closed =
            Product.serving(servers, environment)
                .proving("Authorization", "Bearer " + Proofs.KEY)) {

      assertTrue(open.server("demo").path("enabled").booleanValue());
      assertFalse(closed.server("demo").path("enabled").booleanValue());
    }
  }

  @Test
  void aCommandIsServedAndItsToolsAnswerWithoutTheServersName() {
    List<String> words = new ArrayList<>(List.of("--"));
    words.addAll(PLAIN.instructions("${HOME} $1, \"quoted\" \\ and ").command());
    try (Product product = Product.with(words.toArray(String[]::new))) {
      JsonNode server = product.get("/servers").json().path("servers").path(0);
      String name = server.path("id").asText();
      product.awaitReady(name);

      assertEquals("\"m\"", product.post("/echo", "{\"message\":\"m\"}").ok());
      assertEquals("\"m\"", product.post("/" + name + "/echo", "{\"message\":\"m\"}").ok());
      assertEquals("\"m\"", product.post("/" + name + "_echo", "{\"message\":\"m\"}").ok());
      product.post("/nothing", "{}").refused(404, "not-found");
      assertTrue(product.get("/openapi.json").json().path("paths").has("/" + name + "/echo"));
    }
  }

  @Test
  void theWordsOfACommandReachItUntouched() {
    try (Product product =
        Product.with(
            "--",
            "sh",
            "-c",
            "echo \"[$0] [$1] [$2] [$3] ${TG_UNSET:-filled in}\" >&2",
            "zero",
            "",
            "a,b \\ \"c\"",
            "$HOME")) {
      JsonNode entry = product.awaitStatus("server", "failed");

      assertEquals(
          "[zero] [] [a,b \\ \"c\"] [$HOME] filled in", entry.path("stderr").path(0).asText());
    }
  }

  @Test
  void aToolOfACommandThatIsStartingIs503() {
    List<String> words = new ArrayList<>(List.of("--"));
    words.addAll(PLAIN.startDelay("600s").command());
    try (Product product = Product.with(words.toArray(String[]::new))) {
      Answer answer = product.post("/echo", "{\"message\":\"m\"}");

      answer.refused(503, "upstream-unavailable");
    }
  }
}
