package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser asks before and after the page talks to the product. */
interface CorsContract extends Subject {
  String ORIGIN = "http://localhost:3000";

  Set<String> REQUEST_HEADERS =
      Set.of(
          "authorization",
          "content-type",
          "x-api-key",
          "x-session-id",
          "mcp-session-id",
          "mcp-protocol-version");

  Set<String> ANSWER_HEADERS = Set.of("content-disposition", "location", "mcp-session-id");

  private List<String> targets() {
    return List.of("/openapi.json", "//openapi.json", pathOf(echo()), "/" + pathOf(echo()));
  }

  private void assertPreflight(String target, String method, Set<String> headers) {
    Browser browser = new Browser(ORIGIN);
    assertDoesNotThrow(
        () -> {
          Reply reply = browser.preflight(method, baseUrl() + target, new TreeSet<>(headers));
          new Cors(ORIGIN).checkPreflight(reply, method, headers);
        },
        method + ' ' + target);
  }

  @Test
  default void preflightSucceedsWithoutAuthentication() {
    assertAll(targets().stream().map(t -> () -> assertPreflight(t, "POST", Set.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  default void preflightAllowsTheMethod(String method) {
    assertAll(targets().stream().map(t -> () -> assertPreflight(t, method, Set.of())));
  }

  @Test
  default void preflightAllowsEveryHeaderThePageSends() {
    assertAll(targets().stream().map(t -> () -> assertPreflight(t, "POST", REQUEST_HEADERS)));
  }

  @Test
  default void answersExposeTheHeadersThePageReads() throws Unreadable {
    Map<String, String> headers = Map.of("Origin", ORIGIN, "Content-Type", "application/json");
    byte[] body = echo().arguments().toString().getBytes(StandardCharsets.UTF_8);
    Reply document =
        Wire.send("GET", baseUrl() + "/openapi.json", headers, null, OpenWebUi.DOCUMENT_LIMIT);
    Reply answer =
        Wire.send("POST", baseUrl() + pathOf(echo()), headers, body, OpenWebUi.CALL_LIMIT);

    Stream.of(document, answer)
        .map(reply -> Cors.names(reply, "access-control-expose-headers"))
        .forEach(exposed -> assertTrue(exposed.containsAll(ANSWER_HEADERS), exposed.toString()));
  }

  @Test
  default void errorAnswersAreReadableByThePage() {
    Browser browser = new Browser(ORIGIN);
    Map<String, String> json = Map.of("Content-Type", "application/json");

    assertAll(
        mistakes().stream()
            .map(
                m ->
                    () -> {
                      byte[] body =
                          m.body() == null ? null : m.body().getBytes(StandardCharsets.UTF_8);
                      String url = baseUrl() + m.target();
                      Reply reply =
                          browser.fetch(m.method(), url, json, body, OpenWebUi.CALL_LIMIT);
                      assertTrue(reply.status() >= 400, m.toString());
                    }));
  }

  @Test
  default void eachAnswerNamesTheOriginOnce() throws Unreadable {
    Map<String, String> headers = Map.of("Origin", ORIGIN);

    Reply reply =
        Wire.send("GET", baseUrl() + "/openapi.json", headers, null, OpenWebUi.DOCUMENT_LIMIT);

    assertEquals(1, reply.headers().allValues("access-control-allow-origin").size());
  }
}
