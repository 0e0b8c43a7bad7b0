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
 * files side by side in a list they see one, and an empty message tells a model nothing. The table
 * in {@code docs/answers.md} has every case.
 */
final class AnswerForm {
  private AnswerForm() {}

  static JsonNode of(List<JsonNode> items) {
    boolean files = items.stream().anyMatch(DataUri::isWhole);
    List<JsonNode> said = files ? items.stream().filter(item -> !isBlank(item)).toList() : items;
    if (said.size() == 1 && standsAlone(said.get(0))) {
      return said.get(0);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode(said.size() + 1);
    for (JsonNode item : said) {
      if (needsWords(item, list)) {
        list.add(DataUri.words(item));
      }
      list.add(item);
    }
    return list;
  }

  private static boolean standsAlone(JsonNode item) {
    return !isBlank(item) && (!DataUri.isWhole(item) || DataUri.isPicture(item));
  }

  /** A file after a file would stay text, and one that is no picture would come without a word. */
  private static boolean needsWords(JsonNode item, ArrayNode before) {
    if (!DataUri.isFile(item)) {
      return false;
    }
    return before.isEmpty()
        ? DataUri.isWhole(item) && !DataUri.isPicture(item)
        : DataUri.isFile(before.get(before.size() - 1));
  }

  private static boolean isBlank(JsonNode item) {
    return item.isNull() || item.isTextual() && item.textValue().isBlank();
  }
}
