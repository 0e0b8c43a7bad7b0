package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What schemas claim about one place of a value, not looked at yet: all of {@code all} hold, and of
 * each group in {@code anyOf} at least one.
 *
 * <p>Looking at a schema is put off until its place is written, because a recursive schema has no
 * end and a place that is cut must cost nothing.
 */
record Claims(List<Claim> all, List<List<Claims>> anyOf) {

  /**
   * A schema and the references that led to it.
   *
   * @param schema any JSON value
   */
  record Claim(JsonNode schema, Trail trail) {}

  /** Claims nothing: any value will do. */
  static final Claims NONE = new Claims(List.of(), List.of());

  static Claims of(JsonNode schema, Trail trail) {
    return new Claims(List.of(new Claim(schema, trail)), List.of());
  }

  static Claims oneOf(List<Claims> alternatives) {
    return alternatives.size() == 1
        ? alternatives.get(0)
        : new Claims(List.of(), List.of(alternatives));
  }

  /** These and the other claims together. */
  Claims and(Claims other) {
    return new Claims(joined(all, other.all), joined(anyOf, other.anyOf));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /**
   * The schemas that were entered on the way to a place, innermost first.
   *
   * @param entered the whole schema at the start, later the target of a reference
   * @param before null at the start
   */
  record Trail(JsonNode entered, Trail before) {
    static Trail start(JsonNode root) {
      return new Trail(root, null);
    }

    Trail entering(JsonNode target) {
      return new Trail(target, this);
    }

    boolean byReference() {
      return before != null;
    }

    /** How often exactly this node (not an equal one) was entered. */
    int times(JsonNode target) {
      int times = 0;
      for (Trail step = this; step != null; step = step.before) {
        if (step.entered == target) {
          times++;
        }
      }
      return times;
    }
  }
}
