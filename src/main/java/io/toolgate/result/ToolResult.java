package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.toolgate.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns the result of {@code tools/call} into the JSON of the answer.
 *
 * <p>Invariants: the answer is never empty and never {@code null}, because a model would see
 * nothing; nothing the tool said is lost, whatever form it has; {@code isError} is an error for the
 * caller too; every text can be written and stored by whoever gets it.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-result">MCP,
 *     Tool Result</a>
 */
public final class ToolResult {
  /** What the protocol says with a result, and not the tool. */
  private static final Set<String> OF_THE_PROTOCOL =
      Set.of("content", "structuredContent", "isError", "_meta", "resultType");

  private static final Set<String> TRUE = Set.of("true", "yes", "1");

  private ToolResult() {}

  /**
   * The answer to the caller: {@code structuredContent} when there is any that says more than the
   * content, with what the content holds besides text; else the content. See {@link AnswerForm}.
   *
   * @param result of {@code tools/call}
   * @throws io.toolgate.problem.ProblemException {@link Problem#TOOL_FAILED} with all that the tool
   *     said
   */
  public static JsonNode toJson(JsonNode result) {
    List<JsonNode> blocks = ContentBlocks.of(result.path("content"));
    JsonNode structured = structured(result.path("structuredContent"), blocks);
    if (structured == null && blocks.isEmpty()) {
      structured = elsewhere(result);
    }
    if (isTrue(result.path("isError"))) {
      throw Problem.TOOL_FAILED.because(FailureMessage.of(blocks, structured));
    }
    List<JsonNode> items = new ArrayList<>(blocks.size() + 1);
    if (structured != null) {
      items.add(structured);
    }
    for (JsonNode block : blocks) {
      // Beside structured content a text says the same once more, for older clients.
      if (structured == null || !ContentBlocks.isText(block)) {
        ContentBlocks.read(block, items);
      }
    }
    if (structured == null && blocks.size() == 1 && AnswerForm.isFalsy(items.get(0))) {
      ContentBlocks.text(blocks.get(0)).ifPresent(text -> items.set(0, TextNode.valueOf(text)));
    }
    return WellFormed.json(AnswerForm.of(items));
  }

  /** As servers write it that make texts or numbers of truth values. */
  private static boolean isTrue(JsonNode value) {
    return value.isTextual()
        ? TRUE.contains(value.textValue().strip().toLowerCase(Locale.ROOT))
        : value.isNumber() ? !AnswerForm.isFalsy(value) : value.asBoolean(false);
  }

  /** Null when there is none, or when the content says all of it. */
  private static JsonNode structured(JsonNode said, List<JsonNode> blocks) {
    if (said.isMissingNode() || said.isNull() || repeats(said, blocks)) {
      return null;
    }
    boolean empty = said.isContainerNode() ? said.isEmpty() : said.asText().isBlank();
    return empty && !blocks.stream().allMatch(ContentBlocks::isBlank) ? null : said;
  }

  /**
   * Whether the structured content is nothing but the content once more, as some servers answer.
   * Its pictures would reach nobody as pictures.
   */
  private static boolean repeats(JsonNode structured, List<JsonNode> blocks) {
    boolean wrapped = structured.isObject() && structured.size() == 1;
    JsonNode once = wrapped ? structured.path("content") : structured;
    return !blocks.isEmpty() && once.isArray() && ContentBlocks.of(once).equals(blocks);
  }

  /**
   * What a result says that has neither content nor structured content: the {@code toolResult} of
   * the protocol's first revision, else all that is not the protocol's own. Null when that is
   * nothing.
   */
  private static JsonNode elsewhere(JsonNode result) {
    if (!(result instanceof ObjectNode object)) {
      return result.isMissingNode() || result.isNull() ? null : result;
    }
    ObjectNode rest = object.deepCopy().remove(OF_THE_PROTOCOL);
    rest.properties().removeIf(member -> member.getValue().isNull());
    if (rest.isEmpty()) {
      return null;
    }
    return rest.size() == 1 && rest.has("toolResult") ? rest.get("toolResult") : rest;
  }
}
