package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.openwebui.LoopbackServer.Request;
import io.toolgate.openwebui.LoopbackServer.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {
  private static final ObjectNode DOCUMENT = Documents.withProperty("{'type': 'string'}");

  static Stream<OpenWebUi> clients() {
    return Stream.of(new OldBackend(), new NewBackend(), new Browser());
  }

  private static Request sent(
      OpenWebUi client, ObjectNode document, Auth auth, Object arguments, Map<String, String> more)
      throws IOException {
    try (var server = new LoopbackServer(r -> answer(r, document))) {
      Connection connection = client.connect(server.url(), auth);
      connection.call("s_t", Reply.JSON.valueToTree(arguments), more);
      return server.requests().get(server.requests().size() - 1);
    }
  }

  private static Response answer(Request request, ObjectNode document) {
    boolean isDocument = request.target().endsWith("/openapi.json");
    return Response.json(200, isDocument ? document.toString() : "\"done\"")
        .with(
            Map.of(
                "Access-Control-Allow-Origin", "*",
                "Access-Control-Allow-Headers", "authorization, content-type"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void postsTheArgumentsAsJsonToThePath(OpenWebUi client) throws IOException {
    Request request = sent(client, DOCUMENT, Auth.none(), Map.of("p", "v"), Map.of());

    assertEquals("POST /s/t", request.method() + ' ' + request.target());
    assertEquals("application/json", request.headers().get("content-type"));
    assertEquals("{\"p\":\"v\"}", request.body());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void dropsUndeclaredArguments(OpenWebUi client) throws IOException {
    Map<String, String> arguments = Map.of("p", "v", "other", "x");

    assertEquals("{\"p\":\"v\"}", sent(client, DOCUMENT, Auth.none(), arguments, Map.of()).body());
  }

  @Test
  void sendsAnEmptyObjectWithoutArguments() throws IOException {
    for (OpenWebUi client : List.of(new NewBackend(), new Browser())) {
      assertEquals("{}", sent(client, DOCUMENT, Auth.none(), Map.of(), Map.of()).body());
    }
  }

  @Test
  void backendSendsABodyThoughNoneIsDeclaredAndTheBrowserDoesNot() throws IOException {
    ObjectNode document = DOCUMENT.deepCopy();
    document.findParent("requestBody").remove("requestBody");

    Request backend = sent(new NewBackend(), document, Auth.none(), Map.of(), Map.of());
    Request browser = sent(new Browser(), document, Auth.none(), Map.of(), Map.of());

    assertEquals("{}", backend.body());
    assertEquals("", browser.body());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void repeatsPathArgumentsInTheBody(OpenWebUi client) throws IOException {
    ObjectNode document =
        Documents.json(DOCUMENT.toString().replace("/s/t", "/s/{id}").replace('"', '\''));
    document
        .findParent("operationId")
        .putArray("parameters")
        .add(Documents.json("{'name': 'id', 'in': 'path', 'schema': {'type': 'string'}}"));

    Request request = sent(client, document, Auth.none(), Map.of("id", "7"), Map.of());

    assertEquals("/s/7", request.target());
    assertEquals("{\"id\":\"7\"}", request.body());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void callsWithTheSessionToken(OpenWebUi client) throws IOException {
    Request request = sent(client, DOCUMENT, Auth.session("s"), Map.of("p", "v"), Map.of());

    assertEquals("Bearer s", request.headers().get("authorization"));
  }

  @Test
  void cookiesOfTheUserTravelWithTheBackendOnly() throws IOException {
    Map<String, String> cookie = Map.of("Cookie", "token=x");

    Request backend = sent(new NewBackend(), DOCUMENT, Auth.none(), Map.of(), cookie);
    Request browser = sent(new Browser(), DOCUMENT, Auth.none(), Map.of(), cookie);

    assertEquals("token=x", backend.headers().get("cookie"));
    assertFalse(browser.headers().containsKey("cookie"));
  }

  @Test
  void theOldBackendSendsNoCallWithoutArgumentsWhereABodyIsDeclared() throws IOException {
    ObjectNode bare = Documents.withProperty("{'type': 'string'}");
    ((ObjectNode) bare.at("/paths/~1s~1t/post")).remove("requestBody");

    assertEquals("GET", sent(new OldBackend(), DOCUMENT, Auth.none(), Map.of(), Map.of()).method());
    assertEquals("POST", sent(new OldBackend(), bare, Auth.none(), Map.of(), Map.of()).method());
    assertEquals(
        "POST", sent(new NewBackend(), DOCUMENT, Auth.none(), Map.of(), Map.of()).method());
  }
}
