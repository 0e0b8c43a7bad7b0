package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the operations when Open WebUI turns them into tools. */
interface ToolsContract extends Subject {
  @ParameterizedTest(name = "{0}")
  @EnumSource
  default void documentKeepsTheRule(DocumentRule rule) {
    assertNone(rule.violations(document()));
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void everyToolNameIsAcceptedByModelApis(OpenWebUi client) {
    assertNone(ModelApi.checkNames(connected(client).tools()));
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void everyToolIsAcceptedByModelApis(OpenWebUi client) {
    assertNone(ModelApi.check(connected(client).tools()));
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void everyOperationBecomesAToolOfItsName(OpenWebUi client) {
    List<String> ids = Operation.allOf(document()).stream().map(Operation::id).toList();

    assertEquals(ids, connected(client).tools().stream().map(ModelTool::name).toList());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void namesStayTheSame(OpenWebUi client) {
    assertEquals(connected(client).tools(), connected(client).tools());
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  default void noParameterAndNoTypeIsLost(OpenWebUi client) {
    Connection connection = connected(client);
    List<Violation> lost = new ArrayList<>();

    for (Operation operation : Operation.allOf(document())) {
      JsonNode kept = connection.tool(operation.id()).orElseThrow().parameters();
      for (Map.Entry<String, JsonNode> declared :
          operation.bodySchema().path("properties").properties()) {
        JsonNode property = kept.path("properties").path(declared.getKey());
        if (!property.path("type").equals(declared.getValue().path("type"))
            || property.path("anyOf").size() != declared.getValue().path("anyOf").size()) {
          lost.add(new Violation(operation.id() + '/' + declared.getKey(), "is now " + property));
        }
      }
      if (operation.bodySchema().path("required").size() != kept.path("required").size()) {
        lost.add(new Violation(operation.id(), "requires " + kept.path("required")));
      }
    }

    assertNone(lost);
  }

  @Test
  default void untouchedSchemaIsServedByTheServersPage() {
    String server = pathOf(echo()).split("/")[1];

    Reply reply = plain("GET", "/" + server, null);

    assertEquals(200, reply.status());
    JsonNode tools = reply.json().orElseThrow().path("tools");
    JsonNode own =
        StreamSupport.stream(tools.spliterator(), false)
            .filter(tool -> tool.path("operationId").asText().equals(echo().tool()))
            .findFirst()
            .orElseThrow(
                () -> new AssertionError("no " + echo().tool() + " in the page of " + server));
    assertTrue(own.path("inputSchema").isObject(), own.toString());
  }

  private static void assertNone(List<Violation> violations) {
    assertTrue(
        violations.isEmpty(),
        () ->
            violations.size()
                + " violations, the first: "
                + violations.stream().limit(20).toList());
  }
}
