package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Content blocks of tool results.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-result">
 *     MCP, Tool result</a>
 */
final class Content {
  /** A picture of one pixel. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg"
          + "==";

  /** The bytes {@code RIFF}; nobody plays it. */
  static final String WAV = "UklGRg==";

  private Content() {}

  static ObjectNode result(JsonNode... blocks) {
    ObjectNode result = Json.object();
    result.putArray("content").addAll(List.of(blocks));
    return result;
  }

  static ObjectNode text(String text) {
    return block("text").put("text", text);
  }

  static ObjectNode image() {
    return block("image").put("data", PNG).put("mimeType", "image/png");
  }

  static ObjectNode audio() {
    return block("audio").put("data", WAV).put("mimeType", "audio/wav");
  }

  static ObjectNode resourceLink() {
    return block("resource_link")
        .put("uri", "file:///report.txt")
        .put("name", "report.txt")
        .put("title", "Report")
        .put("description", "A report")
        .put("mimeType", "text/plain")
        .put("size", 12);
  }

  static ObjectNode embeddedText() {
    ObjectNode block = block("resource");
    block
        .putObject("resource")
        .put("uri", "file:///note.txt")
        .put("mimeType", "text/plain")
        .put("text", "a note");
    return block;
  }

  static ObjectNode embeddedBlob() {
    ObjectNode block = block("resource");
    block
        .putObject("resource")
        .put("uri", "file:///pixel.png")
        .put("mimeType", "image/png")
        .put("blob", PNG);
    return block;
  }

  static ObjectNode hologram() {
    return block("hologram").put("depth", 3);
  }

  private static ObjectNode block(String type) {
    return Json.object().put("type", type);
  }
}
