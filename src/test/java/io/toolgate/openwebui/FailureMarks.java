package io.toolgate.openwebui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Decides, as 0.11.x does, whether the text a model will read is that of a failure. */
final class FailureMarks {
  private static final List<String> BEGINNINGS =
      List.of("error:", "exception:", "traceback", "http error!");

  private FailureMarks() {}

  static boolean in(String message) {
    String text = message.strip().toLowerCase(Locale.ROOT);
    if (BEGINNINGS.stream().anyMatch(text::startsWith)) {
      return true;
    }
    JsonNode value = parsed(message);
    if (value == null || !value.isObject()) {
      return false;
    }
    String status = value.path("status").asText().strip().toLowerCase(Locale.ROOT);
    boolean unsuccessful = isFalse(value.path("success")) || isFalse(value.path("ok"));
    return saysSomething(value.path("error"))
        || (value.path("status").isTextual() && List.of("error", "failed").contains(status))
        || (unsuccessful && saysSomething(value.path("message")));
  }

  /** JSON, also when it is wrapped in JSON strings. */
  private static JsonNode parsed(String message) {
    try {
      JsonNode value = Reply.JSON.readTree(message);
      return value != null && value.isTextual() ? parsed(value.asText()) : value;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static boolean saysSomething(JsonNode value) {
    return value.isTextual()
        ? !value.asText().isBlank()
        : value.isContainerNode() && !value.isEmpty();
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.asBoolean();
  }
}
