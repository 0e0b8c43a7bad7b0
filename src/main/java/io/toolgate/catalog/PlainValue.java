package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether a value that a schema carries along (a default, an example) can stand in the document:
 * flat enough for every parser, and without a {@code $ref} key that a careless reader would follow.
 */
final class PlainValue {
  private static final int MOST_DEPTH = 8;

  private PlainValue() {}

  static boolean isPlain(JsonNode value) {
    return isPlain(value, MOST_DEPTH);
  }

  private static boolean isPlain(JsonNode value, int depth) {
    if (depth == 0 || value.has("$ref")) {
      return false;
    }
    for (JsonNode child : value) {
      if (!isPlain(child, depth - 1)) {
        return false;
      }
    }
    return true;
  }
}
