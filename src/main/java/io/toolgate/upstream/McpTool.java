package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One tool as its server describes it, untouched.
 *
 * <p>Kept as JSON rather than as a typed schema, because servers in the field use every corner of
 * JSON Schema and the description must reach the argument check and {@code GET /{server}} exactly
 * as it was given. The node must not be modified.
 *
 * @param json an element of {@code tools} in the answer to {@code tools/list}; has a textual {@code
 *     name}
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools">MCP,
 *     Tools</a>
 */
public record McpTool(ObjectNode json) {

  public String name() {
    return json.get("name").textValue();
  }

  /** The title for people: {@code title}, else {@code annotations.title}. */
  public Optional<String> title() {
    return text(json.path("title")).or(() -> text(annotations().path("title")));
  }

  public Optional<String> description() {
    return text(json.path("description"));
  }

  /** Any JSON value, also one that is no schema at all; missing when the server sent none. */
  public JsonNode inputSchema() {
    return json.path("inputSchema");
  }

  /** Missing when the tool declares no structured output. */
  public JsonNode outputSchema() {
    return json.path("outputSchema");
  }

  /** Hints such as {@code readOnlyHint}; missing when the server gave none. */
  public JsonNode annotations() {
    return json.path("annotations");
  }

  /** Whether the server says that doing it twice does no more than doing it once. */
  public boolean repeatable() {
    return annotations().path("readOnlyHint").asBoolean(false)
        || annotations().path("idempotentHint").asBoolean(false);
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank()
        ? Optional.of(node.textValue())
        : Optional.empty();
  }
}
