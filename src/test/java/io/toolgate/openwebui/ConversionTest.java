package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionTest {
  private static final OpenWebUi OLD = new OldBackend();
  private static final OpenWebUi NEW = new NewBackend();
  private static final OpenWebUi PAGE = new Browser();

  static Stream<OpenWebUi> clients() {
    return Stream.of(OLD, NEW, PAGE);
  }

  private static ModelTool tool(OpenWebUi client, ObjectNode document) {
    return client.convert(document).get(0);
  }

  private static JsonNode property(OpenWebUi client, String schema) {
    return tool(client, Documents.withProperty(schema)).parameters().at("/properties/p");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void takesTheOperationIdAsItIs(OpenWebUi client) {
    assertEquals("s_t", tool(client, Documents.withBody("{}")).name());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void failsForARecursiveType(OpenWebUi client) {
    ObjectNode document =
        Documents.withBody(
            "{'type': 'object', 'properties': {'n': {'$ref': '#/components/schemas/Node'}}}",
            "{'schemas': {'Node': {'type': 'object', 'properties':"
                + " {'next': {'$ref': '#/components/schemas/Node'}}}}}");

    assertThrows(ConnectionFailed.class, () -> client.convert(document));
  }

  @Test
  void oldBackendFailsForABooleanSchema() {
    ObjectNode document = Documents.withProperty("true");

    assertThrows(ConnectionFailed.class, () -> OLD.convert(document));
  }

  @Test
  void oldBackendFailsForAPathItemWithParameters() {
    ObjectNode document = Documents.withBody("{}");
    ((ObjectNode) document.at("/paths").get("/s/t")).putArray("parameters");

    assertThrows(ConnectionFailed.class, () -> OLD.convert(document));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void resolvesReferencesToComponentsAndLosesTheirSiblings(OpenWebUi client) {
    ObjectNode document =
        Documents.withBody(
            "{'type': 'object', 'properties': {'p': {'$ref': '#/components/schemas/X',"
                + " 'description': 'lost'}}}",
            "{'schemas': {'X': {'type': 'integer'}}}");

    JsonNode parameters = tool(client, document).parameters();

    assertEquals(Documents.json("{'type': 'integer'}"), parameters.at("/properties/p"));
  }

  @Test
  void newBackendTurnsAReferenceToDefsIntoAString() {
    assertEquals("{\"type\":\"string\"}", property(NEW, "{'$ref': '#/$defs/X'}").toString());
  }

  @Test
  void oldBackendTurnsAReferenceToDefsIntoAnEmptySchema() {
    assertEquals("{}", property(OLD, "{'$ref': '#/$defs/X'}").toString());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aSchemaWithoutPropertiesGivesNoParameters(OpenWebUi client) {
    ObjectNode document = Documents.withBody("{'additionalProperties': {'type': 'string'}}");

    assertTrue(tool(client, document).parameters().get("properties").isEmpty());
  }

  @Test
  void newBackendTurnsABareOneOfIntoAString() {
    JsonNode property = property(NEW, "{'oneOf': [{'type': 'integer'}, {'type': 'boolean'}]}");

    assertEquals("string", property.path("type").asText());
  }

  @Test
  void newBackendMergesASingleAlternativeAndDropsNull() {
    JsonNode property = property(NEW, "{'anyOf': [{'type': 'integer'}, {'type': 'null'}]}");

    assertEquals("{\"type\":\"integer\"}", property.toString());
  }

  @Test
  void browserLosesEnumDefaultAndFormat() {
    JsonNode property =
        property(
            PAGE,
            "{'type': 'string', 'description': 'd', 'enum': ['a'], 'default': 'a', 'format': 'x'}");

    assertEquals(Documents.json("{'type': 'string', 'description': 'd'}"), property);
  }

  @Test
  void browserKeepsNothingOfAnUntypedSchema() {
    assertEquals("{}", property(PAGE, "{'const': 1, 'description': 'd'}").toString());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void readsOnlyAJsonBody(OpenWebUi client) {
    ObjectNode document = Documents.withProperty("{'type': 'string'}");
    ObjectNode content = (ObjectNode) document.findValue("content");
    content.set("multipart/form-data", content.remove("application/json"));

    assertTrue(tool(client, document).parameters().get("properties").isEmpty());
  }

  @Test
  void backendKeepsAnEmptyDescription() {
    ObjectNode document = Documents.withBody("{}");
    document.findParent("operationId").put("description", "").put("summary", "s");

    assertEquals("", tool(NEW, document).description());
    assertEquals("s", tool(PAGE, document).description());
  }
}
