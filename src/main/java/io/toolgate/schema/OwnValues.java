package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values that a schema itself gives for one place: {@code enum}, {@code const}, {@code
 * default}, {@code examples}, and those parts of the values around it that stand at that place.
 *
 * <p>They tell which restrictions are mistakes: one that refuses all of them is not what its author
 * meant.
 */
record OwnValues(List<JsonNode> values) {
  static final OwnValues NONE = new OwnValues(List.of());

  /** With those of the schema at this place. */
  OwnValues with(ObjectNode schema) {
    List<JsonNode> all = new ArrayList<>(values);
    for (String keyword : List.of("const", "default", "example")) {
      if (schema.has(keyword)) {
        all.add(schema.get(keyword));
      }
    }
    for (String keyword : List.of("enum", "examples")) {
      schema.path(keyword).forEach(all::add);
    }
    return all.isEmpty() ? NONE : new OwnValues(all);
  }

  OwnValues of(String property) {
    return new OwnValues(
        values.stream()
            .filter(value -> value.has(property))
            .map(value -> value.get(property))
            .toList());
  }

  OwnValues ofItems() {
    List<JsonNode> items = new ArrayList<>();
    values.stream().filter(JsonNode::isArray).forEach(value -> value.forEach(items::add));
    return new OwnValues(items);
  }

  /** Why a pattern is not to judge; empty when nothing speaks against it. */
  Optional<String> doubts(String pattern) {
    List<String> texts =
        values.stream().filter(JsonNode::isTextual).map(JsonNode::textValue).toList();
    if (!texts.isEmpty()) {
      return anyMatches(pattern, texts)
          ? Optional.empty()
          : Optional.of("fits none of its own values");
    }
    return ForeignPattern.reason(pattern);
  }

  /** True also when that cannot be found out in bounded time. */
  private static boolean anyMatches(String pattern, List<String> texts) {
    EcmaPattern compiled = EcmaPattern.of(pattern);
    PatternBudget budget = PatternBudget.open();
    try {
      return texts.stream().anyMatch(compiled::matches) || budget.isExhausted();
    } finally {
      PatternBudget.close();
    }
  }
}
