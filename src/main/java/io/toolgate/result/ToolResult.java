package io.toolgate.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.toolgate.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the result of {@code tools/call} into the JSON of the answer.
 *
 * <p>Invariants: the answer is never empty and never {@code null}, because a model would see
 * nothing; nothing the tool said is lost, also content of a kind unknown here; {@code isError} is
 * an error for the caller too.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-result">MCP,
 *     Tool Result</a>
 */
public final class ToolResult {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ToolResult() {}

  /**
   * The answer to the caller: {@code structuredContent} when there is any that says more than the
   * content; else nothing as {@code []}, one item as itself, several as a list.
   *
   * @param result of {@code tools/call}
   * @throws io.toolgate.problem.ProblemException {@link Problem#TOOL_FAILED} with the tool's own
   *     text; {@link Problem#UPSTREAM_INVALID} when {@code content} is no list
   */
  public static JsonNode toJson(JsonNode result) {
    JsonNode content = result.path("content");
    if (!content.isMissingNode() && !content.isArray()) {
      throw Problem.UPSTREAM_INVALID.because("The server's result has no list of content.");
    }
    if (result.path("isError").asBoolean(false)) {
      throw Problem.TOOL_FAILED.because(failure(content, result.path("structuredContent")));
    }
    JsonNode structured = result.path("structuredContent");
    if (!structured.isMissingNode() && !structured.isNull() && !repeats(structured, content)) {
      return structured;
    }
    if (content.size() == 1) {
      return item(content.get(0));
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode(content.size());
    content.forEach(block -> items.add(item(block)));
    return items;
  }

  /**
   * Whether the structured content is nothing but the content once more, as some servers answer.
   * Its pictures would reach nobody as pictures.
   */
  private static boolean repeats(JsonNode structured, JsonNode content) {
    return structured.size() == 1 && structured.path("content").equals(content);
  }

  private static String failure(JsonNode content, JsonNode structured) {
    List<String> texts = new ArrayList<>();
    for (JsonNode block : content) {
      if (block.path("text").isTextual() && !block.path("text").textValue().isBlank()) {
        texts.add(block.path("text").textValue());
      }
    }
    if (texts.isEmpty() && structured.isObject() && !structured.isEmpty()) {
      texts.add(structured.toString());
    }
    return texts.isEmpty()
        ? "The tool reported an error and gave no reason."
        : String.join("\n", texts);
  }

  private static JsonNode item(JsonNode block) {
    return switch (block.path("type").asText()) {
      case "text" -> decoded(block.path("text").asText(""));
      case "image", "audio" -> dataUri(block.path("mimeType"), block.path("data").asText(""));
      case "resource" -> resource(block.path("resource"));
      case "resource_link" -> without(block, "type");
      default -> block;
    };
  }

  /**
   * Text that is JSON becomes that JSON ({@code 42}, an object), other text ({@code 007}) stays a
   * string.
   */
  private static JsonNode decoded(String text) {
    if (!mayBeJson(text)) {
      return TextNode.valueOf(text);
    }
    try {
      JsonNode value = STRICT.readTree(text);
      return value.isMissingNode() || value.isNull() ? TextNode.valueOf(text) : value;
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
    return c == '{'
        || c == '['
        || c == '"'
        || c == '-'
        || (c >= '0' && c <= '9')
        || c == 't'
        || c == 'f';
  }

  private static JsonNode resource(JsonNode resource) {
    if (resource.path("text").isTextual()) {
      return TextNode.valueOf(resource.path("text").textValue());
    }
    return resource.path("blob").isTextual()
        ? dataUri(resource.path("mimeType"), resource.path("blob").textValue())
        : resource;
  }

  private static JsonNode dataUri(JsonNode mimeType, String base64) {
    return TextNode.valueOf(
        "data:" + mimeType.asText("application/octet-stream") + ";base64," + base64);
  }

  private static JsonNode without(JsonNode block, String field) {
    ObjectNode copy = ((ObjectNode) block).deepCopy();
    copy.remove(field);
    return copy;
  }
}
