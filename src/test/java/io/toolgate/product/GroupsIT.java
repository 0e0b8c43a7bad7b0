package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of groups, asked by callers of whom no proof is wanted. */
class GroupsIT {
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(Scripted.stdio().withoutOddTools()),
                    "github", Definition.of(Scripted.stdio().withoutOddTools())))
            .awaitReady("s", "github");
    product.await(
        "the grants are read",
        () -> !product.get("/groups/nobody/openapi.json").problem().equals("access-unknown"));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void theDocumentOfAGroupHoldsWhatTheGroupMayUse() {
    JsonNode document = product.get("/groups/MCP-GitHub/openapi.json?prefix=mine").json();

    assertEquals("Toolgate: MCP-GitHub", document.at("/info/title").asText());
    assertEquals("./", document.at("/servers/0/url").asText());
    assertEquals(
        "mine_github_echo", document.at("/paths/~1github~1echo/post/operationId").asText());
    document
        .path("paths")
        .fieldNames()
        .forEachRemaining(path -> assertTrue(path.startsWith("/github/"), path));
    assertTrue(
        product
            .get("/groups/MCP%2DGitHub/openapi.yaml")
            .text()
            .contains("\n  \"/github/echo\":\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/groups/MCP-GitHub/github/echo",
        "//groups/MCP-GitHub//github/echo",
        "/groups/MCP%2DGitHub/github_echo"
      })
  void aToolOfTheGroupIsCalledThroughIt(String path) {
    Answer answer = product.post(path, "{\"message\":\"m\"}");

    assertEquals("\"m\"", answer.ok());
  }

  @ParameterizedTest
  @CsvSource({
    "/groups/MCP-GitHub/s/echo, 403, not-granted",
    "/groups/MCP-GitHub/s/nothing, 403, not-granted",
    "/groups/MCP-GitHub/s_echo, 403, not-granted",
    "/groups/MCP-GitHub/github/nothing, 404, not-found",
    "/groups/MCP-GitHub/nobody/echo, 404, not-found",
    "/groups/MCP-GitHub, 404, not-found",
    "/groups/mcp-github/github/echo, 404, not-found"
  })
  void nothingElseIsCalledThroughIt(String path, int status, String slug) {
    Answer answer = product.post(path, "{\"message\":\"m\"}");

    answer.refused(status, slug);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /groups/nobody/openapi.json",
    "GET, /groups/nobody/openapi.yaml",
    "GET, //groups/nobody/openapi.json?prefix=x",
    "GET, /groups/no%20%2F%20body/openapi.json",
    "GET, /groups/gr%C3%BCn+%25/openapi.json",
    "POST, /groups/nobody/s/echo",
    "POST, /groups/nobody/s/nothing",
    "POST, /groups/nobody/nothing/at/all",
    "POST, /groups/nobody/s_echo",
    "POST, /groups/no%2Fbody/s/echo",
    "POST, /groups/nobody",
  })
  void anUnknownGroupIs404(String method, String path) {
    Answer answer =
        product.send(
            method, path, method.equals("GET") ? null : "{}".getBytes(StandardCharsets.UTF_8));

    assertTrue(
        answer
            .refused(404, "not-found")
            .path("detail")
            .asText()
            .startsWith("There is no such group"),
        answer.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/groups",
        "/groups/nobody",
        "/groups/nobody/s",
        "/groups/nobody/s/echo",
        "/groups/nobody/docs",
        "/groups/openapi.json"
      })
  void nothingElseIsReadThere(String path) {
    Answer answer = product.get(path);

    answer.refused(404, "not-found");
  }

  @Test
  void anotherMethodIs405OfTheDocumentAndOfAToolWhatACallIs() {
    product.send("DELETE", "/groups/nobody/openapi.json", null).refused(405, "method-not-allowed");
    product.send("DELETE", "/groups/nobody/s/echo", null).refused(404, "not-found");
  }

  @Test
  void theAccessLogNamesTheGroup() {
    product.post("/groups/no%20body%0A/s/echo", "{}", "X-Request-Id", "with-group");

    product.await(
        "the call is logged",
        () -> product.log().stream().anyMatch(line -> line.contains("id=with-group")));
    String line =
        product.log().stream().filter(l -> l.contains("id=with-group")).findFirst().orElseThrow();
    assertEquals(
        "caller=anonymous group=\"no body\\u000a\" server=s tool=echo status=404",
        line.replaceAll(".*(caller=.*) ms=.*", "$1"));
  }
}
