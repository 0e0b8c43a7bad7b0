package io.toolgate.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.schema.MeantSchema;
import io.toolgate.upstream.McpTool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the documents say about one tool, as finished bytes, made once and used in the document of
 * every caller who may see the tool.
 *
 * <p>The operationId is not part of it, because it depends on the document.
 *
 * <p>Threading: the bytes are made by the first thread that asks; the others wait for it.
 */
public final class Operation {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HINTS =
      List.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");

  private final Lazy<Parameters> parameters;
  private final Lazy<byte[]> bytes;

  Operation(String server, McpTool tool) {
    this.parameters = new Lazy<>(() -> Parameters.of(server, tool));
    this.bytes = new Lazy<>(() -> write(server, tool, parameters.get().shown()));
  }

  Parameters parameters() {
    return parameters.get();
  }

  /** The members of an OpenAPI operation object but the operationId: without the first brace. */
  byte[] members() {
    return bytes.get();
  }

  private static byte[] write(String server, McpTool tool, SafeSchema input) {
    try {
      SafeSchema output =
          tool.outputSchema().isObject()
              ? SafeSchema.ofOutput(MeantSchema.of(tool.outputSchema()).json())
              : null;
      return written(operation(server, tool, input, output));
    } catch (JsonProcessingException | RuntimeException unexpected) {
      return plain(server, tool);
    }
  }

  /** For a tool whose own words cannot be written. */
  private static byte[] plain(String server, McpTool tool) {
    ObjectNode bare = JsonNodeFactory.instance.objectNode().put("name", tool.name());
    try {
      return written(operation(server, new McpTool(bare), SafeSchema.NOTHING_SHOWN, null));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts can always be written", impossible);
    }
  }

  private static ObjectNode operation(
      String server, McpTool tool, SafeSchema input, SafeSchema output) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    String title = tool.title().orElse(tool.name().isBlank() ? "Tool of " + server : tool.name());
    operation.put("summary", title);
    operation.put("description", tool.description().orElse(title));
    operation.putArray("tags").add(server);
    if (!input.json().get("properties").isEmpty()) {
      // Open WebUI up to 0.6.32 cannot call an operation that has a body but no arguments.
      ObjectNode body = operation.putObject("requestBody");
      body.put("required", input.json().has("required"));
      body.putObject("content").putObject("application/json").set("schema", input.json());
    }
    operation.set("responses", Responses.of(output));
    operation.put("x-mcp-server", server);
    operation.put("x-mcp-tool", tool.name());
    addHints(operation, tool.annotations());
    addNotes(operation, input, output);
    return operation;
  }

  private static void addHints(ObjectNode operation, JsonNode annotations) {
    ObjectNode hints = JsonNodeFactory.instance.objectNode();
    for (String hint : HINTS) {
      if (annotations.path(hint).isBoolean()) {
        hints.set(hint, annotations.get(hint));
      }
    }
    if (!hints.isEmpty()) {
      operation.set("x-mcp-annotations", hints);
    }
  }

  private static void addNotes(ObjectNode operation, SafeSchema input, SafeSchema output) {
    List<String> notes = new ArrayList<>(input.notes());
    if (output != null) {
      output.notes().stream().map(note -> "Answer: " + note).forEach(notes::add);
    }
    if (!notes.isEmpty()) {
      operation.put("x-mcp-note", String.join(" ", notes));
    }
  }

  /** By way of a string, because that replaces half surrogate pairs, which UTF-8 does not have. */
  private static byte[] written(ObjectNode operation) throws JsonProcessingException {
    return JSON.writeValueAsString(operation).substring(1).getBytes(StandardCharsets.UTF_8);
  }
}
