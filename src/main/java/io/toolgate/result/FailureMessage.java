package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of an error that a tool reported: all its texts, and as JSON what is no text.
 *
 * <p>A file is named and not carried: a model would be handed its base64 as text.
 */
final class FailureMessage {
  private FailureMessage() {}

  /**
   * @param structured null when there is none
   */
  static String of(List<JsonNode> blocks, JsonNode structured) {
    List<String> parts = new ArrayList<>();
    for (JsonNode block : blocks) {
      Optional<String> text = ContentBlocks.text(block);
      if (text.isPresent()) {
        parts.add(words(TextNode.valueOf(text.get())));
      } else {
        List<JsonNode> items = new ArrayList<>();
        ContentBlocks.read(block, items);
        items.forEach(item -> parts.add(words(item)));
      }
    }
    boolean empty = structured == null || structured.isContainerNode() && structured.isEmpty();
    if (!empty) {
      boolean said = parts.stream().anyMatch(part -> DecodedText.of(part).equals(structured));
      if (!said) {
        parts.add(words(structured));
      }
    }
    parts.removeIf(String::isBlank);
    return parts.isEmpty()
        ? "The tool reported an error and gave no reason."
        : WellFormed.text(String.join("\n", parts));
  }

  private static String words(JsonNode item) {
    if (DataUri.isFile(item)) {
      return DataUri.words(item);
    }
    return item.isTextual() ? item.textValue() : item.toString();
  }
}
