package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What came of a call, as Open WebUI shows it to the model and to the user. */
public sealed interface ToolResult {
  /** What the model reads. An empty message tells it nothing, so a tool server gives none. */
  String message();

  /** Plain text, empty for an answer without a value. */
  record Text(String message) implements ToolResult {}

  /** An object; a list has become {@code {"results": [...]}}. */
  record Json(JsonNode value) implements ToolResult {
    @Override
    public String message() {
      return value.toPrettyString();
    }
  }

  /** Files shown to the user, split out of the answer; the message is what remained. */
  record Files(List<String> dataUris, String message) implements ToolResult {}

  /**
   * A page shown to the user in a frame.
   *
   * @param content HTML, or the URL of a page
   */
  record Embed(String content) implements ToolResult {
    @Override
    public String message() {
      return "A page is shown to the user.";
    }
  }

  /** The call failed, or its answer was taken for a failure. */
  record Failed(String message) implements ToolResult {}
}
