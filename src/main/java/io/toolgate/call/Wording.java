package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Iterator;

/**
 * JSON values and lists in words a model understands, each bounded, so that an error never hands a
 * large or private argument back at length.
 */
final class Wording {
  static final int MAX_VALUE = 40;
  private static final int MAX_LIST = 200;

  private Wording() {}

  /** What a value is, for example {@code the string "abc"} or {@code an array}. */
  static String actual(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "the string " + quoted(value.textValue());
      case NUMBER -> "the number " + shortened(value.asText());
      case BOOLEAN -> value.asText();
      case ARRAY -> value.isEmpty() ? "an empty array" : "an array";
      case OBJECT -> value.isEmpty() ? "an empty object" : "an object";
      default -> "null";
    };
  }

  /** The name of a JSON Schema type with its article. */
  static String type(String name) {
    return switch (name) {
      case "array", "integer", "object" -> "an " + name;
      case "boolean" -> "true or false";
      case "null" -> name;
      default -> "a " + name;
    };
  }

  /** A value as JSON, shortened. */
  static String json(JsonNode value) {
    return value.isTextual() ? quoted(value.textValue()) : shortened(value.toString());
  }

  static String quoted(String text) {
    return '"' + shortened(text) + '"';
  }

  static String shortened(String text) {
    return shortened(text, MAX_VALUE);
  }

  static String shortened(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }

  /** Joined by commas; what does not fit is counted. */
  static String list(Collection<String> items) {
    StringBuilder text = new StringBuilder();
    int left = items.size();
    for (Iterator<String> i = items.iterator(); i.hasNext(); left--) {
      String item = i.next();
      if (text.length() + item.length() > MAX_LIST && !text.isEmpty()) {
        return text.append(" and ").append(left).append(" more").toString();
      }
      text.append(text.isEmpty() ? "" : ", ").append(item);
    }
    return text.toString();
  }

  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
