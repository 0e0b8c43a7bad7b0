package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that name what there is not, and tools by the name that the document shows. */
class NamedGrantsIT {
  private static final String KEY = "a-key-for-everything-0123456789";
  private static final String[] ANN = as("ann@example.org");
  private static final String[] BOSS = as("boss@example.org");
  private static Product product;

  private static String[] as(String email) {
    return new String[] {"Authorization", "Bearer " + KEY, "X-OpenWebUI-User-Email", email};
  }

  @BeforeAll
  static void start() {
    product =
        Product.serving(
            Map.of("s", Definition.of(Scripted.stdio().withoutBuiltins().count(3))),
            Map.of("MCP_API_KEY", KEY, "ADMIN_EMAILS", "boss@example.org"));
    product.await(
        "the server is ready", () -> product.post("/s/tool_0", "{}", BOSS).status() == 200);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @BeforeEach
  void annHasTheServer() {
    product
        .sql()
        .run(
            "DELETE FROM group_server_tools",
            "DELETE FROM group_server_mapping WHERE group_name = 'g'",
            "INSERT INTO user_group_membership VALUES ('ann@example.org', 'g') ON CONFLICT DO NOTHING",
            "INSERT INTO group_server_mapping (group_name, server_name) VALUES ('g', 's')");
    product.await("ann has it", () -> product.post("/s/tool_0", "{}", ANN).status() == 200);
  }

  private static String warnings(String... proof) {
    return product.get("/health", proof).json().path("warnings").toString();
  }

  @Test
  void whatThereIsNotIsNamedToAdministratorsAndOnceInTheLog() {
    assertFalse(warnings(BOSS).contains("group_server"), warnings(BOSS));

    product
        .sql()
        .run(
            "INSERT INTO group_server_mapping (group_name, server_name) VALUES ('g', 'S')",
            "INSERT INTO group_server_tools (group_name, server_name, tool_name, allowed) VALUES ('g', 's', 'tol_2', false)");
    product.await("both are told", () -> warnings(BOSS).contains("tol_2"));

    String told = warnings(BOSS);
    assertTrue(told.contains("did you mean \\\"s\\\"?"), told);
    assertTrue(told.contains("did you mean \\\"tool_2\\\"?"), told);
    assertFalse(warnings(ANN).contains("tol_2"));
    product.sql().run("UPDATE user_group_membership SET group_name = 'g'");
    product.await(
        "the log tells it",
        () -> product.log().stream().filter(line -> line.contains("\"S\"")).count() == 1);
    product
        .sql()
        .run(
            "DELETE FROM group_server_mapping WHERE server_name = 'S'",
            "DELETE FROM group_server_tools");
    product.await("nothing is told any more", () -> !warnings(BOSS).contains("group_server"));
    assertEquals(1, product.log().stream().filter(line -> line.contains("\"S\"")).count());
  }

  @Test
  void aToolMayBeNamedAsTheDocumentNamesIt() {
    product
        .sql()
        .run(
            "INSERT INTO group_server_tools (group_name, server_name, tool_name, allowed)"
                + " VALUES ('g', 's', 's_tool_1', true), ('g', 's', 's_tool_2', true), ('g', 's', 's_tool_2*', false)");
    product.await("ann has less", () -> product.post("/s/tool_0", "{}", ANN).status() == 403);

    assertEquals(200, product.post("/s/tool_1", "{}", ANN).status());
    assertEquals(403, product.post("/s/tool_2", "{}", ANN).status());
    JsonNode paths = product.get("/openapi.json", ANN).json().path("paths");
    assertEquals(1, paths.size(), paths.toString());
    assertTrue(paths.has("/s/tool_1"), paths.toString());
    JsonNode listed = product.get("/s", ANN).json();
    assertEquals(1, listed.path("tools").size(), listed.toString());
    assertFalse(warnings(BOSS).contains("s_tool"), warnings(BOSS));
  }
}
