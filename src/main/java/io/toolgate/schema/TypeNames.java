package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of types as authors write them who think in their programming language. */
final class TypeNames {
  private static final String ANY = "any";
  private static final Map<String, String> MEANT = new HashMap<>();

  static {
    of("string", "string str text char varchar");
    of("integer", "integer int long short int32 int64 uint uint32 uint64 bigint");
    of("number", "number num float double decimal real float32 float64");
    of("boolean", "boolean bool");
    of("array", "array list tuple set sequence");
    of("object", "object dict dictionary map mapping record struct");
    of("null", "null none nonetype nil undefined");
    of(ANY, "any unknown mixed");
  }

  private TypeNames() {}

  private static void of(String type, String names) {
    for (String name : names.split(" ")) {
      MEANT.put(name, type);
    }
  }

  /**
   * The keyword {@code type} with the names of JSON Schema.
   *
   * @return empty when the value names no types, or one that nobody knows; missing when it allows
   *     all of them
   */
  static Optional<JsonNode> meant(JsonNode type) {
    if (!type.isArray()) {
      return name(type)
          .map(name -> name.equals(ANY) ? MissingNode.getInstance() : new TextNode(name));
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode one : type) {
      Optional<String> name = one.isNull() ? Optional.of("null") : name(one);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (names.contains(ANY)) {
      return Optional.of(MissingNode.getInstance());
    }
    ArrayNode meant = JsonNodeFactory.instance.arrayNode(names.size());
    names.forEach(meant::add);
    return Optional.of(meant);
  }

  private static Optional<String> name(JsonNode name) {
    return name.isTextual()
        ? Optional.ofNullable(MEANT.get(name.textValue().strip().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
