package io.toolgate.openwebui;

import static io.toolgate.openwebui.DocumentChecks.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks behind {@link DocumentRule} that concern a single schema. */
final class SchemaChecks {
  private static final Set<String> STRUCTURE =
      Set.of("type", "properties", "required", "items", "enum", "anyOf");
  private static final Set<String> RANGES =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties");
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "format",
          "pattern",
          "uniqueItems",
          "deprecated",
          "readOnly",
          "writeOnly",
          "contentEncoding",
          "contentMediaType");
  private static final List<String> REFERENCES =
      List.of("$ref", "$dynamicRef", "$recursiveRef", "$defs", "definitions");

  private SchemaChecks() {}

  static Optional<String> isObjectWithProperties(PlacedSchema schema) {
    boolean right = schema.isOfType("object") && schema.node().path("properties").isObject();
    return problem(!right, "is not of type object with properties");
  }

  static Optional<String> hasArguments(PlacedSchema schema) {
    return problem(schema.node().path("properties").isEmpty(), "has no properties");
  }

  static Optional<String> hasAcceptedNames(PlacedSchema schema) {
    return schema.node().path("properties").properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !ModelApi.PROPERTY.matcher(name).matches())
        .findFirst()
        .map(name -> "has the property '" + name + "'");
  }

  static Optional<String> enumHoldsTexts(PlacedSchema schema) {
    for (JsonNode value : schema.node().path("enum")) {
      if (value.asText().isEmpty() || !value.isTextual()) {
        return Optional.of("has the value " + value + " in its enum");
      }
    }
    return Optional.empty();
  }

  static Optional<String> hasNoReference(PlacedSchema schema) {
    return REFERENCES.stream().filter(schema.node()::has).findFirst().map(k -> "has " + k);
  }

  static Optional<String> isObject(PlacedSchema schema) {
    return problem(!schema.node().isObject(), "is " + schema.node().getNodeType());
  }

  static Optional<String> isTyped(PlacedSchema schema) {
    boolean typed = schema.node().has("type") || schema.node().has("anyOf");
    return problem(!typed, "has no type");
  }

  static Optional<String> hasSingleType(PlacedSchema schema) {
    JsonNode type = schema.node().path("type");
    return problem(!type.isMissingNode() && !type.isTextual(), "has the type " + type);
  }

  static Optional<String> isNotNull(PlacedSchema schema) {
    return problem(schema.isOfType("null"), "has the type null");
  }

  static Optional<String> hasOnlySafeKeywords(PlacedSchema schema) {
    return schema.node().properties().stream()
        .map(Map.Entry::getKey)
        .filter(k -> !STRUCTURE.contains(k) && !RANGES.contains(k) && !ANNOTATIONS.contains(k))
        .filter(k -> !k.startsWith("x-"))
        .findFirst()
        .map(k -> "uses " + k);
  }

  static Optional<String> objectHasProperties(PlacedSchema schema) {
    boolean without = schema.isOfType("object") && !schema.node().path("properties").isObject();
    return problem(without, "is an object without properties");
  }

  static Optional<String> arrayHasItems(PlacedSchema schema) {
    boolean without = schema.isOfType("array") && !schema.node().path("items").isObject();
    return problem(without, "is an array without items");
  }

  static Optional<String> anyOfHasAlternatives(PlacedSchema schema) {
    boolean few = schema.node().has("anyOf") && schema.node().get("anyOf").size() < 2;
    return problem(few, "has an anyOf without alternatives");
  }

  static Optional<String> enumHasValues(PlacedSchema schema) {
    boolean empty = schema.node().has("enum") && schema.node().get("enum").isEmpty();
    return problem(empty, "has an enum without values");
  }

  static Optional<String> requiredIsDeclared(PlacedSchema schema) {
    for (JsonNode name : schema.node().path("required")) {
      if (!schema.node().path("properties").has(name.asText())) {
        return Optional.of("requires '" + name.asText() + "', which it does not declare");
      }
    }
    return Optional.empty();
  }

  static Optional<String> tellsEnum(PlacedSchema schema) {
    for (JsonNode value : schema.node().path("enum")) {
      if (!tells(schema, value)) {
        return Optional.of("does not tell the value " + value);
      }
    }
    return Optional.empty();
  }

  static Optional<String> tellsDefault(PlacedSchema schema) {
    JsonNode value = schema.node().path("default");
    boolean simple = value.isValueNode() && !value.isNull();
    return problem(simple && !tells(schema, value), "does not tell the default " + value);
  }

  static Optional<String> tellsRange(PlacedSchema schema) {
    return RANGES.stream()
        .filter(k -> schema.node().has(k) && !tells(schema, schema.node().get(k)))
        .findFirst()
        .map(k -> "does not tell the " + k + ' ' + schema.node().get(k));
  }

  static Optional<String> tellsFormat(PlacedSchema schema) {
    JsonNode format = schema.node().path("format");
    boolean told = format.isMissingNode() || tells(schema, format);
    return problem(!told, "does not tell the format " + format);
  }

  private static boolean tells(PlacedSchema schema, JsonNode value) {
    return schema.heard().contains(value.isTextual() ? value.asText() : value.toString());
  }
}
