package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves references and fills in types as the backend does.
 *
 * <p>Only {@code properties}, {@code items} and (since 0.11.x) {@code oneOf}, {@code anyOf}, {@code
 * allOf} are walked. A reference is looked up below {@code components} whatever it begins with, so
 * {@code #/$defs/X} becomes an empty schema. The guard against cycles of 0.11.x forgets what it saw
 * at each property, so a recursive type still breaks it.
 */
final class PythonSchemas {
  /** Python gives up at 1000 frames, of which a level takes one or two. */
  private static final int DEEPEST = 450;

  private final Generation generation;

  PythonSchemas(Generation generation) {
    this.generation = generation;
  }

  JsonNode resolved(JsonNode schema, JsonNode components) {
    return resolved(schema, components, new HashSet<>(), 0);
  }

  private JsonNode resolved(JsonNode schema, JsonNode components, Set<String> seen, int depth) {
    if (depth > DEEPEST) {
      throw new ConnectionFailed("a circular $ref: the conversion never ends");
    }
    if (isFalsy(schema)) {
      return Reply.JSON.createObjectNode();
    }
    if (schema.isValueNode()) {
      throw new ConnectionFailed("a sub-schema is " + schema + " where an object is expected");
    }
    if (schema.has("$ref")) {
      return referenced(schema.get("$ref").asText(), components, seen, depth);
    }
    if (schema.isArray()) {
      return schema;
    }
    ObjectNode resolved = schema.deepCopy();
    if (resolved.path("properties") instanceof ObjectNode properties) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        property.setValue(resolved(property.getValue(), components, new HashSet<>(), depth + 1));
      }
    }
    if (resolved.has("items")) {
      JsonNode items = resolved.get("items");
      resolved.set("items", resolved(items, components, new HashSet<>(), depth + 1));
    }
    if (generation == Generation.NEW) {
      for (String keyword : List.of("oneOf", "anyOf", "allOf")) {
        if (resolved.path(keyword) instanceof ArrayNode members) {
          for (int i = 0; i < members.size(); i++) {
            members.set(i, resolved(members.get(i), components, seen, depth + 1));
          }
        }
      }
    }
    return resolved;
  }

  private JsonNode referenced(String ref, JsonNode components, Set<String> seen, int depth) {
    String[] parts = ref.replaceAll("^[#/]+|[#/]+$", "").split("/");
    if (generation == Generation.NEW && !seen.add(parts[parts.length - 1])) {
      return Reply.JSON.createObjectNode();
    }
    JsonNode target = components;
    for (int i = 1; i < parts.length; i++) {
      target = target.path(parts[i]);
    }
    return resolved(target, components, seen, depth + 1);
  }

  private static boolean isFalsy(JsonNode schema) {
    return schema.isMissingNode()
        || schema.isNull()
        || (schema.isContainerNode() && schema.isEmpty())
        || (schema.isBoolean() && !schema.asBoolean());
  }

  /** What 0.11.x does to each tool's parameters before a model gets them. */
  static void clean(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    if (schema.path("anyOf") instanceof ArrayNode members) {
      ArrayNode others = Reply.JSON.createArrayNode();
      for (JsonNode member : members) {
        if (!member.path("type").asText().equals("null")) {
          others.add(member);
        }
      }
      if (others.size() == 1 && others.get(0) instanceof ObjectNode only) {
        schema.remove("anyOf");
        schema.setAll(only);
      } else {
        schema.set("anyOf", others);
      }
    }
    if (schema.has("default") && schema.get("default").isNull()) {
      schema.remove("default");
    }
    if (!schema.has("type") && !schema.has("anyOf") && !schema.has("properties")) {
      schema.put("type", "string");
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      clean(property.getValue());
    }
    clean(schema.path("items"));
  }
}
