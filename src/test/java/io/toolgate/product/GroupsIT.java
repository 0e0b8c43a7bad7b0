package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
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
        Product.serving(Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())))
            .awaitReady("s");
    product.await(
        "the grants are read",
        () -> !product.get("/groups/nobody/openapi.json").problem().equals("access-unknown"));
  }

  @AfterAll
  static void stop() {
    product.close();
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
    Answer answer = product.send(method, path, method.equals("GET") ? null : "{}".getBytes());

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

  @ParameterizedTest
  @ValueSource(strings = {"/groups/nobody/s/echo", "/groups/nobody/openapi.json"})
  void anotherMethodIs405(String path) {
    Answer answer = product.send("DELETE", path, null);

    answer.refused(405, "method-not-allowed");
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
