package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Text that every reader of an answer can write and store: halves of surrogate pairs have no form
 * in UTF-8, and PostgreSQL keeps no U+0000. Each becomes U+FFFD, the replacement character.
 */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The same JSON, changed in place where there is something to change. */
  static JsonNode json(JsonNode node) {
    if (node instanceof TextNode text) {
      String formed = text(text.textValue());
      return formed == text.textValue() ? node : TextNode.valueOf(formed);
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode element = array.get(i);
        JsonNode formed = json(element);
        if (formed != element) {
          array.set(i, formed);
        }
      }
    } else if (node instanceof ObjectNode object) {
      members(object);
    }
    return node;
  }

  private static void members(ObjectNode object) {
    boolean named = false;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode formed = json(member.getValue());
      if (formed != member.getValue()) {
        member.setValue(formed);
      }
      named |= text(member.getKey()) != member.getKey();
    }
    if (named) {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      object
          .properties()
          .forEach(
              member -> members.put(unused(text(member.getKey()), members), member.getValue()));
      object.removeAll();
      object.setAll(members);
    }
  }

  /** Two names that differ in what is replaced stay two. */
  private static String unused(String name, Map<String, JsonNode> members) {
    String free = name;
    while (members.containsKey(free)) {
      free += REPLACEMENT;
    }
    return free;
  }

  /** The text itself when there is nothing to change. */
  static String text(String text) {
    int first = firstBad(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder formed = new StringBuilder(text);
    for (int i = first; i >= 0; i = firstBad(text, i + 1)) {
      formed.setCharAt(i, REPLACEMENT);
    }
    return formed.toString();
  }

  private static int firstBad(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
