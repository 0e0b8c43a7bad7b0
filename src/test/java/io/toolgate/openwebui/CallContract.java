package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Open WebUI sends when a model calls a tool, and must not be refused for. */
interface CallContract extends Subject {
  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void argumentsReachTheTool(OpenWebUi client) {
    assertTrue(called(client, echo()).message().contains(echo().expected()));
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void toolIsCallableWithoutArguments(OpenWebUi client) {
    ToolResult result = called(client, withoutArguments());

    assertSucceeded(result);
    assertTrue(result.message().contains(withoutArguments().expected()), result.message());
  }

  @Test
  default void missingBodyCountsAsNoArguments() {
    Reply reply = plain("POST", pathOf(withoutArguments()), null);

    assertEquals(200, reply.status(), reply::text);
  }

  @Test
  default void emptyObjectCountsAsNoArguments() {
    Reply reply = plain("POST", pathOf(withoutArguments()), "{}");

    assertEquals(200, reply.status(), reply::text);
  }

  @Test
  default void extraKeysAreAccepted() {
    ObjectNode arguments = echo().arguments().deepCopy().put("repeated_from_the_path", "x");

    Reply reply = plain("POST", pathOf(echo()), arguments.toString());

    assertEquals(200, reply.status(), reply::text);
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void nullIsAcceptedForAnOptionalProperty(OpenWebUi client) {
    ToolResult result = called(client, nullForOptional());

    assertSucceeded(result);
    assertTrue(result.message().contains(nullForOptional().expected()), result.message());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void doubleSlashBeforeAToolWorks(OpenWebUi client) {
    Connection connection = client.connect(baseUrl() + "/", auth());

    ToolResult result = connection.call(echo().tool(), echo().arguments(), Map.of());

    assertTrue(result.message().contains(echo().expected()), result.message());
  }

  @Test
  default void cookiesOfTheUserDoNotDisturb() {
    assertEchoedWith(Map.of("Cookie", "token=secret; oauth_id_token=other"));
  }

  @Test
  default void headersAboutTheUserDoNotDisturb() {
    assertEchoedWith(
        Map.of(
            "X-OpenWebUI-User-Name", "Ana%20Mar%C3%ADa",
            "X-OpenWebUI-User-Id", "user-4711",
            "X-OpenWebUI-User-Email", "ana@example.org",
            "X-OpenWebUI-User-Role", "admin",
            "X-OpenWebUI-Chat-Id", "chat-4712",
            "X-OpenWebUI-Message-Id", "message-4713"));
  }

  @Test
  default void sessionIdOfTheChatDoesNotDisturb() {
    Connection connection = connected(new Browser());

    ToolResult result =
        connection.call(echo().tool(), echo().arguments(), Map.of("X-Session-Id", "chat-1"));

    assertTrue(result.message().contains(echo().expected()), result.message());
  }

  private void assertEchoedWith(Map<String, String> headers) {
    Connection connection = connected(new NewBackend());

    ToolResult result = connection.call(echo().tool(), echo().arguments(), headers);

    assertTrue(result.message().contains(echo().expected()), result.message());
    headers.values().forEach(value -> assertFalse(result.message().contains(value)));
  }

  private static void assertSucceeded(ToolResult result) {
    assertFalse(result instanceof ToolResult.Failed, result::message);
  }
}
