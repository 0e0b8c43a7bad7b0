package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.openwebui.LoopbackServer.Request;
import io.toolgate.openwebui.LoopbackServer.Response;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectTest {
  private static final Map<String, String> CORS =
      Map.of(
          "Access-Control-Allow-Origin", "*",
          "Access-Control-Allow-Headers", "authorization, content-type");
  private static final String DOCUMENT = Documents.withBody("{'type': 'object'}").toString();

  static Stream<OpenWebUi> clients() {
    return Stream.of(new OldBackend(), new NewBackend(), new Browser());
  }

  private static Response preflightOr(Request request, Response answer) {
    boolean preflight = request.method().equals("OPTIONS");
    return (preflight ? Response.of(204, Map.of(), "") : answer).with(CORS);
  }

  private static String refusal(OpenWebUi client, Response answer) throws IOException {
    try (var server = new LoopbackServer(r -> preflightOr(r, answer))) {
      String url = server.url();
      return assertThrows(ConnectionFailed.class, () -> client.connect(url, Auth.none()))
          .getMessage();
    }
  }

  private static Request documentRequest(OpenWebUi client, String suffix, Auth auth)
      throws IOException {
    try (var server = new LoopbackServer(r -> preflightOr(r, Response.json(200, DOCUMENT)))) {
      client.connect(server.url() + suffix, auth);
      return server.requests().get(server.requests().size() - 1);
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void acceptsAJsonObjectWithPaths(OpenWebUi client) throws IOException {
    Request request = documentRequest(client, "", Auth.none());

    assertEquals("/openapi.json", request.target());
    assertEquals("application/json", request.headers().get("accept"));
    assertEquals("application/json", request.headers().get("content-type"));
    assertFalse(request.headers().containsKey("authorization"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesARedirect(OpenWebUi client) throws IOException {
    Response redirect = Response.of(307, Map.of("Location", "/elsewhere"), "");

    assertTrue(refusal(client, redirect).contains("307"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesNotModified(OpenWebUi client) throws IOException {
    assertTrue(refusal(client, Response.of(304, Map.of(), "")).contains("304"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesNoContent(OpenWebUi client) throws IOException {
    assertTrue(refusal(client, Response.of(204, Map.of(), "")).contains("204"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void showsTheDetailOfAnError(OpenWebUi client) throws IOException {
    Response error = Response.json(401, "{\"detail\": \"Send a key.\"}");

    assertTrue(refusal(client, error).contains("Send a key."));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesAnArray(OpenWebUi client) throws IOException {
    assertTrue(refusal(client, Response.json(200, "[]")).contains("not a JSON object"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesADocumentWithoutPaths(OpenWebUi client) throws IOException {
    assertTrue(refusal(client, Response.json(200, "{\"openapi\": \"3.1.0\"}")).contains("paths"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void refusesAnotherMediaType(OpenWebUi client) throws IOException {
    Response html = Response.of(200, Map.of("Content-Type", "text/html"), DOCUMENT);

    assertTrue(refusal(client, html).contains("text/html"));
  }

  @Test
  void newBackendStripsTheUrl() throws IOException {
    assertEquals("/openapi.json", documentRequest(new NewBackend(), "//", Auth.none()).target());
  }

  @Test
  void browserDoesNotStripTheUrl() throws IOException {
    assertEquals("//openapi.json", documentRequest(new Browser(), "/", Auth.none()).target());
  }

  @Test
  void takesAPathThatIsAWholeUrl() {
    String whole = "https://example.org/api.json";

    assertEquals(whole, new NewBackend().documentUrl("http://localhost:8000", whole));
  }

  @Test
  void backendFetchesWithABearerKeyButNotWithASession() throws IOException {
    Request withKey = documentRequest(new NewBackend(), "", Auth.bearer("k"));
    Request withSession = documentRequest(new NewBackend(), "", Auth.session("s"));

    assertEquals("Bearer k", withKey.headers().get("authorization"));
    assertFalse(withSession.headers().containsKey("authorization"));
  }

  @Test
  void browserFetchesWithTheSessionToken() throws IOException {
    Request request = documentRequest(new Browser(), "", Auth.session("s"));

    assertEquals("Bearer s", request.headers().get("authorization"));
  }
}
