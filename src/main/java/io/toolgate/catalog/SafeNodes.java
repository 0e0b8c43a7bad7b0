package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The parts of a schema in the safe profile, written from what a {@link Shape} knows. */
final class SafeNodes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_.-]+");

  private SafeNodes() {}

  /**
   * The members of a union, each with the union's words where it has none; else the node itself.
   */
  static List<ObjectNode> flat(ObjectNode node) {
    if (!node.has("anyOf")) {
      return List.of(node);
    }
    List<ObjectNode> members = new ArrayList<>();
    for (JsonNode member : node.get("anyOf")) {
      ObjectNode typed = (ObjectNode) member;
      if (!typed.has("description") && node.has("description")) {
        typed.set("description", node.get("description"));
      }
      members.add(typed);
    }
    return members;
  }

  static ObjectNode union(Iterable<ObjectNode> members) {
    ObjectNode node = NODES.objectNode();
    ArrayNode array = node.putArray("anyOf");
    members.forEach(array::add);
    return node;
  }

  static ObjectNode typed(JsonType type) {
    return NODES.objectNode().put("type", type.keyword());
  }

  /** Of texts with characters in them; the words name the other values too. */
  static void addEnum(ObjectNode node, Shape shape) {
    ArrayNode shown = NODES.arrayNode();
    shape
        .values
        .orElse(Set.of())
        .forEach(
            value -> {
              if (value.isTextual() && !value.textValue().isEmpty()) {
                shown.add(value);
              }
            });
    if (!shown.isEmpty()) {
      node.set("enum", shown);
    }
  }

  static void addBounds(ObjectNode node, Shape shape, Bounds.Of of) {
    shape.bounds.least(of).ifPresent(bound -> node.set(of.least, bound));
    shape.bounds.most(of).ifPresent(bound -> node.set(of.most, bound));
  }

  static ObjectNode withKeys(ObjectNode node, ObjectNode properties, Set<String> required) {
    node.set("properties", properties);
    if (!required.isEmpty()) {
      required.forEach(node.putArray("required")::add);
    }
    return node;
  }

  static boolean fits(JsonNode value, JsonType type) {
    return JsonType.of(value).isIn(Set.of(type));
  }

  static ObjectNode described(ObjectNode node, Shape shape, String name) {
    String own =
        shape
            .text("description")
            .or(() -> shape.text("title").filter(title -> !isSaid(title, name)))
            .orElse("");
    annotate(node, shape, own);
    return node;
  }

  /** Whether a title is the name once more, as libraries derive it: {@code Max Results}. */
  private static boolean isSaid(String title, String name) {
    return letters(title).equals(letters(name));
  }

  private static String letters(String text) {
    return BETWEEN_WORDS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }

  static void annotate(ObjectNode node, Shape shape, String own) {
    shape.text("title").ifPresent(title -> node.put("title", title));
    String words = Wording.of(own, shape);
    if (!words.isBlank()) {
      node.put("description", words);
    }
    JsonNode preset = shape.annotations.get("default");
    if (preset != null && !preset.isNull() && PlainValue.isPlain(preset)) {
      node.set("default", preset);
    }
    JsonNode examples = shape.annotations.get("examples");
    if (examples != null && !examples.isEmpty() && PlainValue.isPlain(examples)) {
      node.set("examples", examples);
    }
  }
}
