package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The strict reader of the safe profile: walks a shown schema and fails with the place and the rule
 * at the first node a simple converter could not take.
 */
final class SafeProfile {
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "object", "array");
  private static final Set<String> OF_ANY = Set.of("title", "description", "default", "examples");
  private static final Set<String> RANGE =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  private SafeProfile() {}

  /** Checks the schema of a request body. */
  static void check(JsonNode schema) {
    check(schema, "#");
  }

  static void check(JsonNode schema, String place) {
    must(schema.findValue("$ref") == null, place, "no references");
    must(schema.path("type").asText().equals("object"), place, "the root is an object");
    node(schema, place, schema.path("description").asText());
  }

  private static void node(JsonNode node, String place, String words) {
    must(node.isObject(), place, "a schema is an object, never a boolean");
    must(node.has("type") != node.has("anyOf"), place, "either type or anyOf");
    if (node.has("anyOf")) {
      keywords(node, place, Set.of("anyOf"));
      anyOf(node.get("anyOf"), place + "/anyOf", words);
    } else {
      must(node.get("type").isTextual(), place, "one type");
      must(TYPES.contains(node.get("type").textValue()), place, "a known type, not null");
      typed(node, place, words);
    }
    repeated(node, place, words);
  }

  private static void anyOf(JsonNode members, String place, String words) {
    must(members.isArray() && members.size() > 1, place, "at least two alternatives");
    Set<JsonNode> distinct = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      JsonNode member = members.get(i);
      must(member.has("type"), place + "/" + i, "alternatives are typed");
      must(distinct.add(member), place + "/" + i, "alternatives are distinct");
      node(member, place + "/" + i, words + member.path("description").asText());
    }
  }

  private static void typed(JsonNode node, String place, String words) {
    switch (node.get("type").textValue()) {
      case "object" -> {
        keywords(node, place, Set.of("type", "properties", "required"));
        properties(node, place);
      }
      case "array" -> {
        keywords(node, place, Set.of("type", "items", "minItems", "maxItems"));
        must(node.has("items"), place, "an array has items");
        JsonNode items = node.get("items");
        node(items, place + "/items", items.path("description").asText());
      }
      case "string" ->
          keywords(node, place, Set.of("type", "enum", "format", "minLength", "maxLength"));
      case "boolean" -> keywords(node, place, Set.of("type"));
      default -> {
        Set<String> allowed = new HashSet<>(RANGE);
        allowed.addAll(Set.of("type", "format"));
        keywords(node, place, allowed);
      }
    }
    for (JsonNode value : node.path("enum")) {
      must(
          value.isTextual() && !value.textValue().isEmpty(),
          place,
          "enum values are texts with characters in them");
    }
    must(!node.has("enum") || !node.get("enum").isEmpty(), place, "enum is not empty");
  }

  private static void properties(JsonNode node, String place) {
    must(node.path("properties").isObject(), place, "an object has properties");
    node.get("properties")
        .properties()
        .forEach(
            entry -> {
              String inner = place + "/properties/" + entry.getKey();
              String words = entry.getValue().path("description").asText();
              must(NAME.matcher(entry.getKey()).matches(), inner, "providers accept the name");
              must(!words.equals(entry.getKey()), inner, "a description is not only the name");
              node(entry.getValue(), inner, words);
            });
    Set<String> required = new HashSet<>();
    for (JsonNode name : node.path("required")) {
      must(node.get("properties").has(name.asText()), place, "required names are properties");
      must(required.add(name.asText()), place, "required names are distinct");
    }
    must(!node.has("required") || !required.isEmpty(), place, "required is not empty");
  }

  private static void repeated(JsonNode node, String place, String words) {
    Stream<JsonNode> facts =
        Stream.concat(
            Stream.of("default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
                .flatMap(keyword -> Optional.ofNullable(node.get(keyword)).stream()),
            List.copyOf(node.path("enum").isArray() ? list(node.get("enum")) : List.of()).stream()
                .limit(200));
    facts.forEach(fact -> must(words.contains(fact.toString()), place, "description says " + fact));
    if (node.has("format")) {
      must(words.contains(node.get("format").textValue()), place, "description says the format");
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get).toList();
  }

  private static void keywords(JsonNode node, String place, Set<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            keyword ->
                must(
                    allowed.contains(keyword) || OF_ANY.contains(keyword),
                    place,
                    "no keyword " + keyword));
    for (String text : List.of("title", "description")) {
      must(!node.has(text) || node.get(text).isTextual(), place, text + " is a text");
    }
  }

  private static void must(boolean holds, String place, String rule) {
    if (!holds) {
      fail("at " + place + ": " + rule);
    }
  }
}
