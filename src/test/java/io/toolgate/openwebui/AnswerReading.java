package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the answer of a call whose status is below 400, as one generation does. */
final class AnswerReading {
  private static final Pattern JSON_TYPE = Pattern.compile("application/([\\w.+-]+\\+)?json");

  private final Generation generation;

  AnswerReading(Generation generation) {
    this.generation = generation;
  }

  ToolResult read(Reply reply) {
    JsonNode value = value(reply);
    if (reply.header("content-disposition").contains("inline")) {
      if (reply.header("content-type").contains("text/html")) {
        return new ToolResult.Embed(text(value));
      }
      if (!reply.header("location").isEmpty()) {
        return new ToolResult.Embed(reply.header("location"));
      }
    }
    ToolResult result = result(value);
    boolean failed = generation != Generation.OLD && FailureMarks.in(result.message());
    return failed ? new ToolResult.Failed(result.message()) : result;
  }

  /** The page parses whatever parses; the backend only what is declared as JSON. */
  private JsonNode value(Reply reply) {
    String type = reply.mediaType();
    boolean declared = JSON_TYPE.matcher(type).matches();
    if (declared && generation != Generation.PAGE && reply.text().isBlank()) {
      return NullNode.instance;
    }
    if (declared || generation == Generation.PAGE) {
      var parsed = reply.json();
      if (parsed.isPresent()) {
        return parsed.get();
      }
    }
    if (generation == Generation.OLD || type.isEmpty() || type.startsWith("text/")) {
      return TextNode.valueOf(reply.text());
    }
    String base64 = Base64.getEncoder().encodeToString(reply.body());
    return TextNode.valueOf("data:" + type + ";base64," + base64);
  }

  private ToolResult result(JsonNode value) {
    if (value.isTextual()
        && value.asText().startsWith("data:image/")
        && generation != Generation.OLD) {
      return new ToolResult.Files(List.of(value.asText()), "A picture is shown to the user.");
    }
    if (value instanceof ArrayNode list) {
      return list(list);
    }
    return value.isObject() ? new ToolResult.Json(value) : new ToolResult.Text(text(value));
  }

  /**
   * Splits data URIs out of a list. The list is shortened while it is walked, so of two data URIs
   * in a row only the first is taken; the other stays as text for the model.
   */
  private static ToolResult list(ArrayNode list) {
    List<JsonNode> rest = new ArrayList<>();
    list.forEach(rest::add);
    List<String> files = new ArrayList<>();
    for (int i = 0; i < rest.size(); i++) {
      if (rest.get(i).isTextual() && rest.get(i).asText().startsWith("data:")) {
        files.add(rest.remove(i).asText());
      }
    }
    ObjectNode wrapped = Reply.JSON.createObjectNode();
    wrapped.putArray("results").addAll(rest);
    ToolResult json = new ToolResult.Json(wrapped);
    return files.isEmpty() ? json : new ToolResult.Files(List.copyOf(files), json.message());
  }

  /** Python's {@code str(value or "")}. */
  private static String text(JsonNode value) {
    boolean falsy =
        value.isNull()
            || value.isBoolean() && !value.booleanValue()
            || value.isNumber() && value.doubleValue() == 0;
    if (falsy) {
      return "";
    }
    if (value.isBoolean()) {
      return "True";
    }
    return value.isContainerNode() ? value.toPrettyString() : value.asText();
  }
}
