package io.toolgate.call;

import static io.toolgate.schema.SchemaKeywords.IDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.schema.SchemaKeywords;
import java.util.List;

/**
 * A tool's schema, made ready to be compiled.
 *
 * <p>Schemas in the field mix the drafts and say nothing about it. So constructs that the schema's
 * draft has replaced are put into its own words: an array of {@code items} and {@code
 * additionalItems}, a boolean {@code exclusiveMinimum}, OpenAPI's {@code nullable}. What the author
 * meant stays the same; what makes no sense in any draft is refused rather than guessed.
 *
 * @param json our own copy; the tool's schema is not touched
 */
record InputSchema(Draft draft, JsonNode json) {
  private static final int MAX_DEPTH = 200;
  private static final List<String> COUNTS =
      List.of(
          "maxLength",
          "maxItems",
          "maxProperties",
          "maxContains",
          "minLength",
          "minItems",
          "minProperties",
          "minContains");

  /**
   * @param keepIds whether names of schemas stay; without them every local reference starts at the
   *     root, which is what authors mean who embed a schema that has a name of its own
   * @throws UncheckableSchemaException when this is no schema
   */
  static InputSchema of(JsonNode original, boolean keepIds) {
    InputSchema schema = new InputSchema(Draft.of(original), original.deepCopy());
    schema.prepare(schema.json, keepIds, 0);
    schema.refuseNoObject();
    ReferenceLoop.refuse(schema.json);
    return schema;
  }

  private void refuseNoObject() {
    JsonNode type = json.path("type");
    boolean object = type.asText("object").equals("object");
    for (JsonNode one : type) {
      object |= one.asText().equals("object");
    }
    if (!object) {
      throw new UncheckableSchemaException("it accepts no object");
    }
  }

  private void prepare(JsonNode node, boolean keepIds, int depth) {
    if (node.isBoolean()) {
      return;
    }
    if (!(node instanceof ObjectNode schema)) {
      throw new UncheckableSchemaException(
          "it has " + Wording.actual(node) + " where a schema belongs");
    }
    if (depth > MAX_DEPTH) {
      throw new UncheckableSchemaException("it is nested too deeply");
    }
    schema.remove("$schema");
    if (!keepIds) {
      IDS.stream().filter(id -> schema.path(id).isTextual()).forEach(schema::remove);
    }
    prepareType(schema);
    prepareLimit(schema, "exclusiveMinimum", "minimum");
    prepareLimit(schema, "exclusiveMaximum", "maximum");
    prepareItems(schema);
    COUNTS.forEach(keyword -> prepareCount(schema, keyword));
    schema
        .properties()
        .forEach(entry -> prepareParts(entry.getKey(), entry.getValue(), keepIds, depth + 1));
  }

  private void prepareParts(String keyword, JsonNode value, boolean keepIds, int depth) {
    if (SchemaKeywords.isSingle(keyword, value)) {
      prepare(value, keepIds, depth);
    } else if (SchemaKeywords.holdsSchemas(keyword)) {
      for (JsonNode part : value) {
        if (!(keyword.equals("dependencies") && part.isArray())) {
          prepare(part, keepIds, depth);
        }
      }
    }
  }

  private void prepareType(ObjectNode schema) {
    JsonNode type = schema.path("type");
    if (schema.path("nullable").asBoolean() && type.isTextual()) {
      schema.set("type", schema.arrayNode().add(type).add("null"));
    }
  }

  private void prepareLimit(ObjectNode schema, String exclusive, String inclusive) {
    if (draft == Draft.DRAFT_4 || !schema.path(exclusive).isBoolean()) {
      return;
    }
    boolean exclusively = schema.remove(exclusive).booleanValue();
    if (exclusively && schema.path(inclusive).isNumber()) {
      schema.set(exclusive, schema.remove(inclusive));
    }
  }

  /** The validator counts in 32 bits; no value that reaches it has as many parts. */
  private static void prepareCount(ObjectNode schema, String keyword) {
    JsonNode count = schema.path(keyword);
    if (count.isNumber() && count.doubleValue() > Integer.MAX_VALUE) {
      schema.put(keyword, Integer.MAX_VALUE);
    }
  }

  private void prepareItems(ObjectNode schema) {
    if (draft != Draft.DRAFT_2020_12 || !(schema.get("items") instanceof ArrayNode items)) {
      return;
    }
    schema.remove("items");
    if (!items.isEmpty()) {
      schema.set("prefixItems", items);
    }
    if (schema.has("additionalItems")) {
      schema.set("items", schema.remove("additionalItems"));
    }
  }
}
