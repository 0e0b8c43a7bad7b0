package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * What a tool said, as one JSON value in the form of which Open WebUI shows the most.
 *
 * <p>Nothing is {@code []}, one item is itself, several are a list. The rest is about readers that
 * look for files in answers: they take a lone string for a file only when it is a picture, of two
 * files side by side in a list they see one, and an empty or falsy message tells a model nothing.
 * The table in {@code docs/answers.md} has every case.
 */
final class AnswerForm {
  private AnswerForm() {}

  static JsonNode of(List<JsonNode> items) {
    List<JsonNode> said = items.stream().filter(item -> !isBlank(item)).toList();
    if (said.isEmpty()) {
      return list(items.subList(0, Math.min(1, items.size())));
    }
    if (said.size() > 1) {
      return list(said);
    }
    JsonNode lone = said.get(0);
    if (lone instanceof ArrayNode list) {
      return list(list);
    }
    boolean file = DataUri.isFile(lone);
    JsonNode item = file ? DataUri.recognisable(lone) : lone;
    return file && !DataUri.isPicture(item) || isFalsy(item) ? list(List.of(item)) : item;
  }

  private static ArrayNode list(Iterable<JsonNode> items) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode said : items) {
      JsonNode item = DataUri.recognisable(said);
      if (needsWords(item, list)) {
        list.add(DataUri.words(item));
      }
      list.add(item);
    }
    return list;
  }

  /** A file after a file would stay text, and one that is no picture would come without a word. */
  private static boolean needsWords(JsonNode item, ArrayNode before) {
    if (!DataUri.isFile(item)) {
      return false;
    }
    return before.isEmpty()
        ? !DataUri.isPicture(item)
        : DataUri.isFile(before.get(before.size() - 1));
  }

  /** Whether it becomes an empty message, because Python takes it for nothing. */
  static boolean isFalsy(JsonNode item) {
    return item.isNumber()
        ? item.decimalValue().signum() == 0
        : item.isBoolean() && !item.booleanValue();
  }

  private static boolean isBlank(JsonNode item) {
    return item.isNull() || item.isTextual() && item.textValue().isBlank();
  }
}
