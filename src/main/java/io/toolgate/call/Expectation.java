package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.toolgate.problem.Spelling;
import java.util.ArrayList;
import java.util.List;

/** What a {@code type}, {@code enum} or {@code const} asks for, as the end of "must be ...". */
final class Expectation {
  private Expectation() {}

  static boolean isOne(Error error) {
    return switch (error.getKeyword()) {
      case "type", "enum", "const" -> true;
      default -> false;
    };
  }

  static String of(Error error) {
    JsonNode expected = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "type" -> type(expected);
      case "enum" -> oneOf(expected, error.getInstanceNode());
      default -> Wording.json(expected);
    };
  }

  private static String type(JsonNode expected) {
    if (!expected.isArray()) {
      return Wording.type(expected.asText());
    }
    List<String> names = new ArrayList<>();
    expected.forEach(name -> names.add(Wording.type(name.asText())));
    return String.join(" or ", names);
  }

  private static String oneOf(JsonNode expected, JsonNode value) {
    if (expected.size() == 1) {
      return Wording.json(expected.get(0));
    }
    List<String> shown = new ArrayList<>();
    List<String> words = new ArrayList<>();
    expected.forEach(
        one -> {
          shown.add(Wording.json(one));
          words.add(one.asText());
        });
    String meant =
        value.isTextual()
            ? Spelling.nearest(value.textValue(), words)
                .map(word -> " (did you mean " + Wording.quoted(word) + "?)")
                .orElse("")
            : "";
    return "one of " + Wording.list(shown) + meant;
  }
}
