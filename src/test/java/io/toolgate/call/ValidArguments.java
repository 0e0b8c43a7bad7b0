package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up arguments that fit a schema, for tests over many schemas.
 *
 * <p>The same seed makes the same arguments. Knows what schemas of real tools use; what it makes is
 * a proposal, to be confirmed by a validator.
 */
public final class ValidArguments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 8;

  private final JsonNode root;
  private final Random random;

  private ValidArguments(JsonNode root, long seed) {
    this.root = root;
    this.random = new Random(seed);
  }

  public static JsonNode of(JsonNode schema, long seed) {
    return new ValidArguments(schema, seed).value(schema, 0);
  }

  private JsonNode value(JsonNode given, int depth) {
    JsonNode schema = flattened(given, 0);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (depth == 0 ? "object" : type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer", "number" -> number(schema);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.textNode(ValidStrings.of(schema, random));
    };
  }

  /** References, parts and one branch of each choice merged into one schema. */
  private JsonNode flattened(JsonNode schema, int hops) {
    if (!schema.isObject() || hops > 20) {
      return JSON.objectNode();
    }
    ObjectNode flat = schema.deepCopy();
    if (flat.has("$ref")) {
      String pointer = flat.remove("$ref").asText().substring(1);
      merge(flat, flattened(pointer.isEmpty() ? root : root.at(pointer), hops + 1));
    }
    for (JsonNode part : removed(flat, "allOf")) {
      merge(flat, flattened(part, hops + 1));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      JsonNode branches = removed(flat, choice);
      if (!branches.isEmpty()) {
        merge(flat, flattened(branches.get(random.nextInt(branches.size())), hops + 1));
      }
    }
    return flat;
  }

  private static JsonNode removed(ObjectNode schema, String keyword) {
    JsonNode value = schema.remove(keyword);
    return value == null ? MissingNode.getInstance() : value;
  }

  private static void merge(ObjectNode into, JsonNode part) {
    part.properties()
        .forEach(
            entry -> {
              JsonNode present = into.get(entry.getKey());
              if (present instanceof ObjectNode object) {
                merge(object, entry.getValue());
              } else if (present instanceof ArrayNode array && entry.getKey().equals("required")) {
                array.addAll((ArrayNode) entry.getValue());
              } else {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return type.get(random.nextInt(type.size())).asText();
    }
    if (type.isTextual()) {
      return type.asText();
    }
    if (schema.has("properties") || schema.has("required")) {
      return "object";
    }
    if (schema.has("items")) {
      return "array";
    }
    return schema.has("minimum") || schema.has("maximum") ? "number" : "string";
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    JsonNode properties = schema.path("properties");
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    properties
        .properties()
        .forEach(
            entry -> {
              boolean wanted = depth < MAX_DEPTH && random.nextInt(depth + 2) == 0;
              if (wanted || required.contains(entry.getKey())) {
                object.set(entry.getKey(), value(entry.getValue(), depth + 1));
              }
            });
    JsonNode others = schema.path("additionalProperties");
    required.stream()
        .filter(name -> !object.has(name))
        .forEach(name -> object.set(name, value(others, depth + 1)));
    int missing = schema.path("minProperties").asInt(0) - object.size();
    for (int i = 0; i < missing || others.isObject() && i < 1 && depth < MAX_DEPTH; i++) {
      JsonNode name = value(schema.path("propertyNames"), depth);
      object.set(name.asText() + (i == 0 ? "" : i), value(others, depth + 1));
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    schema.path("prefixItems").forEach(item -> array.add(value(item, depth + 1)));
    int least = schema.path("minItems").asInt(0);
    int most = schema.path("maxItems").asInt(least + 2);
    int size = depth < MAX_DEPTH ? least + random.nextInt(Math.min(2, most - least) + 1) : least;
    for (int i = 0; array.size() < size && i < 50; i++) {
      JsonNode element = value(schema.path("items"), depth + 1);
      boolean again = schema.path("uniqueItems").asBoolean() && contains(array, element);
      if (!again) {
        array.add(element);
      }
    }
    return array;
  }

  private static boolean contains(ArrayNode array, JsonNode element) {
    for (JsonNode present : array) {
      if (present.equals(element)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode number(JsonNode schema) {
    boolean whole = type(schema).equals("integer");
    double least =
        Math.max(
            schema.path("minimum").asDouble(-1e6),
            schema.has("exclusiveMinimum")
                ? schema.get("exclusiveMinimum").asDouble() + (whole ? 1 : 1e-3)
                : -1e6);
    double most =
        Math.min(
            schema.path("maximum").asDouble(Math.max(1e6, least + 10)),
            schema.has("exclusiveMaximum")
                ? schema.get("exclusiveMaximum").asDouble() - (whole ? 1 : 1e-3)
                : Double.MAX_VALUE);
    double step = schema.path("multipleOf").asDouble(whole ? 1 : 0);
    double number = least + random.nextDouble() * (most - least);
    if (step > 0) {
      number = Math.min(Math.ceil(number / step), Math.floor(most / step)) * step;
    }
    return whole ? JSON.numberNode((long) number) : JSON.numberNode(number);
  }
}
