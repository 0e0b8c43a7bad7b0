package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentRuleTest {
  private static final String GOOD =
      "{'type': 'object', 'properties': {'p': {'type': 'integer', 'minimum': 1, 'default': 3,"
          + " 'description': 'At least 1, 3 by default.'}}, 'required': ['p']}";

  @ParameterizedTest
  @EnumSource
  void acceptsAGoodDocument(DocumentRule rule) {
    assertEquals("[]", rule.violations(Documents.withBody(GOOD)).toString());
  }

  static Stream<Arguments> badProperties() {
    return Map.ofEntries(
            Map.entry(DocumentRule.SCHEMAS_HAVE_NO_REFERENCES, "{'$ref': '#/components/x'}"),
            Map.entry(
                DocumentRule.PROPERTY_NAMES_ARE_ACCEPTED_BY_MODEL_APIS,
                "{'type': 'object', 'properties': {'$q': {'type': 'string'}}}"),
            Map.entry(
                DocumentRule.ENUMS_HOLD_TEXTS_WITH_CHARACTERS,
                "{'type': 'boolean', 'enum': [true, false], 'description': 'true, false'}"),
            Map.entry(DocumentRule.SCHEMAS_ARE_NOT_BOOLEAN, "true"),
            Map.entry(DocumentRule.SCHEMAS_HAVE_A_TYPE_OR_ANY_OF, "{'enum': ['a']}"),
            Map.entry(DocumentRule.TYPES_ARE_SINGLE, "{'type': ['string', 'null']}"),
            Map.entry(DocumentRule.NO_TYPE_IS_NULL, "{'type': 'null'}"),
            Map.entry(DocumentRule.ONLY_KEYWORDS_THAT_SURVIVE, "{'oneOf': []}"),
            Map.entry(DocumentRule.OBJECTS_HAVE_PROPERTIES, "{'type': 'object'}"),
            Map.entry(DocumentRule.ARRAYS_HAVE_ITEMS, "{'type': 'array'}"),
            Map.entry(DocumentRule.ANY_OF_HAS_ALTERNATIVES, "{'anyOf': [{'type': 'string'}]}"),
            Map.entry(DocumentRule.ENUMS_HAVE_VALUES, "{'type': 'string', 'enum': []}"),
            Map.entry(
                DocumentRule.REQUIRED_NAMES_ARE_DECLARED,
                "{'type': 'object', 'properties': {}, 'required': ['q']}"),
            Map.entry(
                DocumentRule.ENUMS_ARE_TOLD_IN_DESCRIPTIONS, "{'type': 'string', 'enum': ['a']}"),
            Map.entry(
                DocumentRule.DEFAULTS_ARE_TOLD_IN_DESCRIPTIONS, "{'type':'string','default':'a'}"),
            Map.entry(
                DocumentRule.RANGES_ARE_TOLD_IN_DESCRIPTIONS, "{'type':'string','maxLength':9}"),
            Map.entry(
                DocumentRule.FORMATS_ARE_TOLD_IN_DESCRIPTIONS, "{'type':'string','format':'uri'}"))
        .entrySet()
        .stream()
        .map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("badProperties")
  void findsABadProperty(DocumentRule rule, String schema) {
    assertFalse(rule.violations(Documents.withProperty(schema)).isEmpty());
  }

  static Stream<Arguments> badReplacements() {
    return Stream.of(
        Arguments.of(DocumentRule.HAS_PATHS, "\"paths\"", "\"routes\""),
        Arguments.of(DocumentRule.HAS_COMPONENTS, "\"components\"", "\"parts\""),
        Arguments.of(
            DocumentRule.PATH_ITEMS_HOLD_NOTHING_BUT_OPERATIONS, "\"post\":", "\"summary\":"),
        Arguments.of(DocumentRule.PATHS_HAVE_NO_DOT_SEGMENTS, "/s/t", "/s/%2E%2e"),
        Arguments.of(DocumentRule.EVERY_OPERATION_IS_A_POST, "\"post\":", "\"put\":"),
        Arguments.of(DocumentRule.EVERY_OPERATION_HAS_AN_OPERATION_ID, "\"s_t\"", "\"\""),
        Arguments.of(DocumentRule.OPERATION_IDS_ARE_ACCEPTED_BY_MODEL_APIS, "s_t", "s.t"),
        Arguments.of(DocumentRule.DESCRIPTIONS_ARE_NOT_EMPTY, "Does it.", ""),
        Arguments.of(DocumentRule.BODIES_ARE_JSON, "application/json", "text/plain"),
        Arguments.of(DocumentRule.BODIES_ARE_OBJECTS_WITH_PROPERTIES, "\"object\"", "\"array\""));
  }

  @ParameterizedTest
  @MethodSource("badReplacements")
  void findsABadOperation(DocumentRule rule, String good, String bad) {
    String text = Documents.withBody(GOOD).toString().replace(good, bad);

    assertFalse(rule.violations(Documents.json(text)).isEmpty());
  }

  @Test
  void findsABodyWithoutArguments() {
    ObjectNode document = Documents.withBody("{'type': 'object', 'properties': {}}");

    assertEquals(1, DocumentRule.BODIES_HAVE_ARGUMENTS.violations(document).size());
  }

  @Test
  void findsARepeatedOperationId() {
    ObjectNode document = Documents.withBody(GOOD);
    ObjectNode paths = (ObjectNode) document.get("paths");
    paths.set("/s/u", paths.get("/s/t"));

    assertEquals(1, DocumentRule.OPERATION_IDS_ARE_UNIQUE.violations(document).size());
  }

  @Test
  void everyRuleIsSeenBroken() {
    long shown = badProperties().count() + badReplacements().count() + 2;

    assertEquals(Arrays.stream(DocumentRule.values()).count(), shown);
  }
}
