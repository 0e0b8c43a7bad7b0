package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A tool's schema without what cannot be meant.
 *
 * <p>Servers build their schemas by hand and with all kinds of libraries, so keywords come with
 * values that they cannot have ({@code "enum": null}), types with names of other languages ({@code
 * "int"}), and patterns that are escaped twice. Such a keyword does not count, the others do. The
 * argument check and the document both read this schema, so they cannot disagree; what the server
 * sent stays untouched.
 *
 * <p>Total: any JSON value has one.
 *
 * @param json the original itself where all of it counts
 * @param left JSON Pointers into the original, of what does not count; some with the reason
 */
public record MeantSchema(JsonNode json, List<String> left) {
  private static final int MOST_NAMED = 10;

  public static MeantSchema of(JsonNode original) {
    if (!original.isObject()) {
      return new MeantSchema(original, List.of());
    }
    try {
      ObjectNode copy = original.deepCopy();
      SchemaReading reading = new SchemaReading();
      reading.whole(copy);
      return new MeantSchema(reading.hasChanged() ? copy : original, reading.left());
    } catch (StackOverflowError tooDeep) {
      return new MeantSchema(original, List.of());
    }
  }

  /** What does not count, in one line; empty when all of it does. */
  public Optional<String> leftInWords() {
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", left.subList(0, Math.min(MOST_NAMED, left.size())))
                + (left.size() > MOST_NAMED ? " and " + (left.size() - MOST_NAMED) + " more" : ""));
  }
}
