package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.openwebui.LoopbackServer.Request;
import io.toolgate.openwebui.LoopbackServer.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final Map<String, String> ANY_ORIGIN = Map.of("Access-Control-Allow-Origin", "*");
  private static final Map<String, String> ALLOWED =
      Map.of(
          "Access-Control-Allow-Origin", "http://localhost:3000",
          "Access-Control-Allow-Headers", "Authorization, Content-Type");
  private static final String DOCUMENT = Documents.withProperty("{'type': 'string'}").toString();

  private static String refusal(Map<String, String> preflight, Auth auth) throws IOException {
    Function<Request, Response> script =
        r ->
            r.method().equals("OPTIONS")
                ? Response.of(200, preflight, "")
                : Response.json(200, DOCUMENT).with(ALLOWED);
    try (var server = new LoopbackServer(script)) {
      String url = server.url();
      return assertThrows(ConnectionFailed.class, () -> new Browser().connect(url, auth))
          .getMessage();
    }
  }

  @Test
  void preflightAsksForOriginMethodAndHeadersWithoutAToken() throws IOException {
    try (var server = new LoopbackServer(r -> Response.json(200, DOCUMENT).with(ALLOWED))) {
      new Browser().connect(server.url(), Auth.bearer("k"));

      Request preflight = server.requests().get(0);
      assertEquals("OPTIONS", preflight.method());
      assertEquals("http://localhost:3000", preflight.headers().get("origin"));
      assertEquals("GET", preflight.headers().get("access-control-request-method"));
      assertEquals(
          "authorization,content-type", preflight.headers().get("access-control-request-headers"));
      assertFalse(preflight.headers().containsKey("authorization"));
    }
  }

  @Test
  void refusesAPreflightForAnotherOrigin() throws IOException {
    Map<String, String> other = Map.of("Access-Control-Allow-Origin", "http://other");

    assertTrue(refusal(other, Auth.none()).contains("Access-Control-Allow-Origin"));
  }

  @Test
  void refusesAPreflightThatDoesNotAllowContentType() throws IOException {
    assertTrue(refusal(ANY_ORIGIN, Auth.none()).contains("content-type"));
  }

  @Test
  void aStarDoesNotAllowAuthorization() throws IOException {
    Map<String, String> star =
        Map.of("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Headers", "*");

    assertTrue(refusal(star, Auth.bearer("k")).contains("authorization"));
  }

  @Test
  void refusesAPreflightThatNeedsAuthentication() throws IOException {
    Function<Request, Response> script =
        r -> Response.json(r.method().equals("OPTIONS") ? 401 : 200, DOCUMENT).with(ALLOWED);
    try (var server = new LoopbackServer(script)) {
      String url = server.url();

      var failure =
          assertThrows(ConnectionFailed.class, () -> new Browser().connect(url, Auth.none()));

      assertTrue(failure.getMessage().contains("401"));
    }
  }

  @Test
  void anErrorAnswerWithoutCorsHeadersCannotBeRead() throws IOException {
    ToolResult result = called(Response.json(424, "{\"detail\": \"why\"}"));

    assertInstanceOf(ToolResult.Failed.class, result);
    assertFalse(result.message().contains("why"));
  }

  @Test
  void headersThatAreNotExposedAreNotSeen() throws IOException {
    Map<String, String> inline = Map.of("Content-Disposition", "inline", "Location", "/x");

    ToolResult result = called(Response.json(200, "{\"a\":1}").with(ANY_ORIGIN).with(inline));

    assertInstanceOf(ToolResult.Json.class, result);
  }

  private static ToolResult called(Response answer) throws IOException {
    Function<Request, Response> script =
        r -> r.method().equals("POST") ? answer : Response.json(200, DOCUMENT).with(ALLOWED);
    try (var server = new LoopbackServer(script)) {
      return new Browser().connect(server.url(), Auth.none()).call("s_t", Map.of());
    }
  }

  @Test
  void readsTheSystemPromptWhenTheServerHasOne() throws IOException {
    Function<Request, Response> script =
        r ->
            Response.json(
                    200,
                    r.target().equals("/system")
                        ? "{\"prompt\": \"Be brief.\"}"
                        : "{\"features\": {\"system\": true}}")
                .with(ALLOWED);
    try (var server = new LoopbackServer(script)) {
      Optional<String> prompt = new Browser().systemPrompt(server.url() + "/", Auth.bearer("k"));

      assertEquals(Optional.of("Be brief."), prompt);
      assertEquals("/api/config", server.requests().get(0).target());
    }
  }
}
