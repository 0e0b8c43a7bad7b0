package io.toolgate.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A text that is JSON becomes that JSON ({@code 42}, an object); other text ({@code 007}) stays a
 * string, and so does JSON that would lose something on the way: an object with a key twice, or a
 * lone number that readers would write otherwise or that has blanks around it. What is nested more
 * deeply than anybody reads stays one too. Numbers inside JSON keep their digits.
 */
final class DecodedText {
  /** As in messages of servers. Far below what can be written, with what is put around it. */
  private static final int MOST_LEVELS = 500;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private DecodedText() {}

  static JsonNode of(String text) {
    if (!mayBeJson(text)) {
      return TextNode.valueOf(text);
    }
    try {
      JsonNode value = STRICT.readTree(text);
      boolean bare = text.length() == text.strip().length();
      return value.isContainerNode() || value.isValueNode() && !value.isNull() && bare
          ? value
          : TextNode.valueOf(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /** Spares most texts the attempt, whose failure is expensive. */
  private static boolean mayBeJson(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) <= ' ') {
      first++;
    }
    if (first == text.length()) {
      return false;
    }
    char c = text.charAt(first);
    if (c == '-' || c >= '0' && c <= '9') {
      return NumberText.survives(text);
    }
    return c == '{' || c == '[' || c == '"' || c == 't' || c == 'f';
  }
}
