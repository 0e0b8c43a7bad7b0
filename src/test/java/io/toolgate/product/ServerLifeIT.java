package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server sees of Toolgate, and what Toolgate notices of it. */
class ServerLifeIT {
  private static final String SECRET = "hush-5550123";
  @TempDir private static Path folder;
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "s",
                    Definition.of(Scripted.stdio().withoutOddTools().instructions("Be brief.  "))
                        .with("instructions", true)
                        .with("displayName", "The Scripted")
                        .with("cwd", folder.toString())
                        .with("env", Map.of("GIVEN", "${OPERATORS_CHOICE}", "API_KEY", SECRET)),
                    "changing",
                    Definition.of(Scripted.stdio().withoutOddTools()),
                    "mortal",
                    Definition.of(
                        Scripted.stdio().withoutOddTools().instructions("Unasked advice"))),
                Map.of(
                    "OPERATORS_CHOICE", "chosen",
                    "OPERATORS_SECRET", "not for children",
                    "DATABASE_URL", "postgresql://u:pw@db/x",
                    "LANG", "C.UTF-8"))
            .awaitReady("s", "changing", "mortal");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static JsonNode call(String server, String tool, String arguments) {
    Answer answer = product.post("/" + server + "/" + tool, arguments);
    answer.ok();
    return answer.json();
  }

  @Test
  void aChildSeesTheBaseEnvironmentAndWhatItsDefinitionGives() {
    JsonNode environment = call("s", "environment", "{}");

    assertEquals("chosen", environment.path("GIVEN").asText());
    assertEquals(SECRET, environment.path("API_KEY").asText());
    assertEquals(System.getenv("PATH"), environment.path("PATH").asText());
    assertEquals("C.UTF-8", environment.path("LANG").asText());
    TreeSet<String> names = new TreeSet<>();
    environment.fieldNames().forEachRemaining(names::add);
    assertFalse(environment.toString().contains("not for children"), names.toString());
    assertFalse(environment.toString().contains("u:pw@"), names.toString());
    assertFalse(names.contains("OPERATORS_CHOICE"), names.toString());
    assertTrue(names.remove("TOOLGATE_CHILD"), "the mark of its process tree");
    assertTrue(names.stream().noneMatch(name -> name.contains("TOOLGATE")), names.toString());
  }

  @Test
  void aChildRunsInTheFolderOfItsDefinition() throws IOException {
    JsonNode answer = call("s", "working_directory", "{}");

    assertEquals(folder.toRealPath(), Path.of(answer.asText()).toRealPath());
  }

  @Test
  void aChildIsToldWhoIsAsking() {
    JsonNode client = call("s", "client", "{}");

    assertEquals("toolgate", client.path("clientInfo").path("name").asText());
    assertEquals("2025-11-25", client.path("protocolVersion").asText());
  }

  @Test
  void onlyInstructionsThatTheOperatorWantsAreHandedOn() {
    assertTrue(product.get("/api/config").json().path("features").path("system").booleanValue());
    assertEquals(
        "# The Scripted\nBe brief.", product.get("/system").json().path("prompt").asText());
  }

  @Test
  void whatAChildPrintsIsLoggedInBoundsAndWithoutSecrets() {
    call("s", "stderr", "{\"line\":\"key " + SECRET + " \\u001b[1mbold\\u001b[0m\"}");
    call("s", "stderr", "{\"line\":\"" + "long ".repeat(50_000) + "\"}");
    call("s", "stderr", "{\"line\":\"many\",\"count\":3000}");

    product.await("the line is logged", () -> logged("s: key *** bold"));
    product.await("the others are counted", () -> logged("lines left out"));
    assertTrue(countLogged("s: many") < 1000);
    assertTrue(product.log().stream().allMatch(line -> line.length() < 5_000));
    assertFalse(String.join("\n", product.log()).contains(SECRET));
  }

  @Test
  void toolsThatComeAndGoAreFollowed() {
    call("changing", "change_tools", "{}");
    product.await("the new tool is in the document", () -> documented("/changing/added"));
    assertEquals(
        "m", call("changing", "added", "{\"message\":\"m\"}").at("/arguments/message").asText());

    call("changing", "remove_tools", "{}");
    product.await("the old tool is gone", () -> !documented("/changing/echo"));
    product.post("/changing/echo", "{\"message\":\"m\"}").refused(404, "not-found");
  }

  private static boolean documented(String path) {
    return product.get("/openapi.json").json().path("paths").has(path);
  }

  private static boolean logged(String end) {
    return countLogged(end) > 0;
  }

  private static long countLogged(String end) {
    return product.log().stream().filter(line -> line.endsWith(end)).count();
  }
}
