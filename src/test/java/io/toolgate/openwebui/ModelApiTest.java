package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelApiTest {
  private static ModelTool tool(String name, String parameters) {
    return new ModelTool(name, "Does it.", Documents.json(parameters));
  }

  private static String problem(String parameters) {
    return ModelApi.check(List.of(tool("t", parameters))).toString();
  }

  @Test
  void acceptsAnObjectSchemaWithTypes() {
    assertEquals("[]", problem("{'type': 'object', 'properties': {'p': {'type': 'string'}}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.b", "1a", "-a", "ä"})
  void refusesAName(String name) {
    assertEquals(1, ModelApi.checkNames(List.of(tool(name, "{}"))).size());
  }

  @Test
  void refusesANameOf64Characters() {
    assertEquals(0, ModelApi.checkNames(List.of(tool("a".repeat(63), "{}"))).size());
    assertEquals(1, ModelApi.checkNames(List.of(tool("a".repeat(64), "{}"))).size());
  }

  @Test
  void refusesTheSameNameTwice() {
    List<Violation> found = ModelApi.checkNames(List.of(tool("t", "{}"), tool("t", "{}")));

    assertEquals(List.of(new Violation("t", "is the name of two tools")), found);
  }

  @Test
  void refusesParametersWithoutProperties() {
    assertTrue(problem("{'type': 'object'}").contains("no object with properties"));
  }

  @Test
  void refusesAnUntypedProperty() {
    assertTrue(problem("{'type': 'object', 'properties': {'p': {}}}").contains("p: has no type"));
  }

  @Test
  void refusesAReference() {
    assertTrue(
        problem("{'type': 'object', 'properties': {'p': {'$ref': '#/x'}}}").contains("refers"));
  }

  @Test
  void refusesAnArrayWithoutItems() {
    assertTrue(
        problem("{'type': 'object', 'properties': {'p': {'type': 'array'}}}").contains("items"));
  }

  @Test
  void refusesARequiredNameThatIsNotDeclared() {
    assertTrue(problem("{'type': 'object', 'properties': {}, 'required': ['q']}").contains("'q'"));
  }

  @Test
  void refusesAnEmptyDescription() {
    ModelTool tool = new ModelTool("t", "", Documents.json("{'type':'object','properties':{}}"));

    assertEquals(1, ModelApi.check(List.of(tool)).size());
  }
}
