package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The types of JSON Schema. {@code INTEGER} is the part of {@code NUMBER} without fraction. */
enum JsonType {
  STRING,
  NUMBER,
  INTEGER,
  BOOLEAN,
  OBJECT,
  ARRAY,
  NULL;

  private static final JsonType[] ALL = values();

  private final String keyword = name().toLowerCase(Locale.ROOT);

  String keyword() {
    return keyword;
  }

  /** Empty for a name that is no type of JSON Schema, as some servers send. */
  static Optional<JsonType> named(String keyword) {
    for (JsonType type : ALL) {
      if (type.keyword.equalsIgnoreCase(keyword)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  static JsonType of(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING, BINARY -> STRING;
      case NUMBER -> value.canConvertToExactIntegral() ? INTEGER : NUMBER;
      case BOOLEAN -> BOOLEAN;
      case OBJECT, POJO -> OBJECT;
      case ARRAY -> ARRAY;
      case NULL, MISSING -> NULL;
    };
  }

  /**
   * The types said by the keyword {@code type}; empty when it is missing or names none we know.
   *
   * @param keyword a name, or an array of names
   */
  static Optional<Set<JsonType>> said(JsonNode keyword) {
    Set<JsonType> types = EnumSet.noneOf(JsonType.class);
    if (keyword.isTextual()) {
      named(keyword.textValue()).ifPresent(types::add);
    } else if (keyword.isArray()) {
      keyword.forEach(name -> named(name.asText()).ifPresent(types::add));
    }
    return types.isEmpty() ? Optional.empty() : Optional.of(withoutDoubles(types));
  }

  /** What both allow; an integer is also a number. */
  static Set<JsonType> both(Set<JsonType> some, Set<JsonType> others) {
    Set<JsonType> result = EnumSet.noneOf(JsonType.class);
    for (JsonType type : some) {
      if (type.isIn(others)) {
        result.add(type);
      } else if (type == NUMBER && others.contains(INTEGER)) {
        result.add(INTEGER);
      }
    }
    return withoutDoubles(result);
  }

  /** Whether every value of this type is allowed by {@code types}. */
  boolean isIn(Set<JsonType> types) {
    return types.contains(this) || (this == INTEGER && types.contains(NUMBER));
  }

  private static Set<JsonType> withoutDoubles(Set<JsonType> types) {
    if (types.contains(NUMBER)) {
      types.remove(INTEGER);
    }
    return types;
  }
}
