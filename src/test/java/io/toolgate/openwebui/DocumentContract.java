package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Open WebUI relies on when it fetches the document. */
interface DocumentContract extends Subject {
  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void everyClientConnects(OpenWebUi client) {
    assertFalse(connected(client).tools().isEmpty());
  }

  @Test
  default void documentIsServedAsApplicationJsonWithStatus200() {
    Reply reply = plain("GET", "/openapi.json", null);

    assertEquals(200, reply.status());
    assertEquals("application/json", reply.mediaType());
  }

  @Test
  default void doubleSlashBeforeTheDocumentWorks() {
    Reply reply = plain("GET", "//openapi.json", null);

    assertEquals(200, reply.status());
    assertEquals(plain("GET", "/openapi.json", null).text(), reply.text());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void slashAtTheEndOfTheConnectionUrlWorks(OpenWebUi client) {
    Connection connection = client.connect(baseUrl() + "/", auth());

    assertEquals(connected(client).tools(), connection.tools());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void wholeUrlInsteadOfAPathWorks(OpenWebUi client) {
    Connection connection = client.connect(baseUrl(), baseUrl() + "/openapi.json", auth());

    assertEquals(connected(client).tools(), connection.tools());
  }

  @Test
  default void documentNeedsNoTokenOfAUser() {
    assumeTrue(auth().kind() == Auth.Kind.NONE, "the connection has a key");
    OpenWebUi client = new NewBackend();

    Stream<Auth> anonymous = Stream.of(Auth.session("user-token"), Auth.systemOauth("user-token"));

    anonymous.forEach(
        auth -> assertEquals(connected(client).tools(), client.connect(baseUrl(), auth).tools()));
  }

  @Test
  default void unconditionalRequestsAlwaysGetTheWholeDocument() {
    for (int turn = 0; turn < 3; turn++) {
      Reply reply = plain("GET", "/openapi.json", null);

      assertEquals(200, reply.status());
      assertTrue(reply.json().isPresent());
    }
  }

  @Test
  default void noAnswerIsARedirect() {
    String tool = pathOf(echo());
    Stream<String> targets =
        Stream.of(
            "/openapi.json", "//openapi.json", "/openapi.json/", tool, tool + "/", "/" + tool);

    assertAll(
        targets.flatMap(
            target ->
                Stream.of("GET", "POST")
                    .map(
                        method ->
                            () -> {
                              String body = method.equals("POST") ? "{}" : null;
                              int status = plain(method, target, body).status();
                              assertFalse(
                                  status >= 300 && status < 400,
                                  method + ' ' + target + " is answered with " + status);
                            })));
  }

  @Test
  default void errorBodiesAreJsonObjectsWithDetail() {
    assertAll(
        mistakes().stream()
            .map(
                mistake ->
                    () -> {
                      Reply reply = plain(mistake.method(), mistake.target(), mistake.body());
                      assertTrue(reply.status() >= 400, mistake + " got " + reply.status());
                      JsonNode body = reply.json().orElse(Reply.JSON.nullNode());
                      assertTrue(body.path("detail").isTextual(), mistake + " got " + body);
                      assertFalse(body.path("detail").asText().isBlank(), mistake.toString());
                    }));
  }

  @Test
  default void systemPromptIsThereWhereItIsPromised() {
    Reply config = plain("GET", "/api/config", null);
    JsonNode promised =
        config.json().map(c -> c.path("features").path("system")).orElse(Reply.JSON.nullNode());

    boolean present = new Browser().systemPrompt(baseUrl(), auth()).isPresent();

    assertEquals(config.status() == 200 && promised.asBoolean(), present);
  }
}
