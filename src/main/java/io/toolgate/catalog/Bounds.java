package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest and largest a value may be, in numbers, characters, or items; of several claims the
 * narrower one. Understands the boolean {@code exclusiveMinimum} of draft 4.
 */
final class Bounds {
  /** What is bounded: the value of a number, the length of a string, the items of an array. */
  enum Of {
    NUMBER("minimum", "maximum"),
    ABOVE_BELOW("exclusiveMinimum", "exclusiveMaximum"),
    LENGTH("minLength", "maxLength"),
    ITEMS("minItems", "maxItems");

    final String least;
    final String most;

    Of(String least, String most) {
      this.least = least;
      this.most = most;
    }
  }

  private final Map<Of, JsonNode> least = new EnumMap<>(Of.class);
  private final Map<Of, JsonNode> most = new EnumMap<>(Of.class);

  void add(JsonNode schema) {
    for (Of of : Of.values()) {
      narrow(least, lowerPlace(of, schema), schema.get(of.least), 1);
      narrow(most, upperPlace(of, schema), schema.get(of.most), -1);
    }
  }

  Optional<JsonNode> least(Of of) {
    return Optional.ofNullable(least.get(of));
  }

  Optional<JsonNode> most(Of of) {
    return Optional.ofNullable(most.get(of));
  }

  private static Of lowerPlace(Of of, JsonNode schema) {
    return of == Of.NUMBER && isTrue(schema, Of.ABOVE_BELOW.least) ? Of.ABOVE_BELOW : of;
  }

  private static Of upperPlace(Of of, JsonNode schema) {
    return of == Of.NUMBER && isTrue(schema, Of.ABOVE_BELOW.most) ? Of.ABOVE_BELOW : of;
  }

  private static boolean isTrue(JsonNode schema, String keyword) {
    return schema.path(keyword).isBoolean() && schema.path(keyword).booleanValue();
  }

  private static void narrow(Map<Of, JsonNode> bounds, Of of, JsonNode said, int direction) {
    if (said == null || !said.isNumber() || !Double.isFinite(said.doubleValue())) {
      return;
    }
    JsonNode known = bounds.get(of);
    if (known == null || said.decimalValue().compareTo(known.decimalValue()) * direction > 0) {
      bounds.put(of, said);
    }
  }
}
