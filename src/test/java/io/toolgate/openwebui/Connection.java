package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tool server that is connected: its document, what a model is offered of it, and calls.
 *
 * <p>Calls go to the connection's URL; {@code servers} in the document means nothing.
 */
public final class Connection {
  private final OpenWebUi client;
  private final String url;
  private final Auth auth;
  private final ObjectNode document;
  private final List<ModelTool> tools;

  Connection(OpenWebUi client, String url, Auth auth, ObjectNode document, List<ModelTool> tools) {
    this.client = client;
    this.url = url;
    this.auth = auth;
    this.document = document;
    this.tools = List.copyOf(tools);
  }

  public String url() {
    return url;
  }

  Auth auth() {
    return auth;
  }

  public ObjectNode document() {
    return document;
  }

  public List<ModelTool> tools() {
    return tools;
  }

  public Optional<ModelTool> tool(String name) {
    return tools.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** As {@link #call(String, JsonNode, Map)} with no further headers. */
  public ToolResult call(String tool, Object arguments) {
    return call(tool, Reply.JSON.valueToTree(arguments), Map.of());
  }

  /**
   * Calls a tool as on a model's behalf; arguments that the tool did not declare are dropped.
   *
   * @param arguments a JSON object
   * @param headers sent besides the usual ones: cookies, user headers, custom headers
   */
  public ToolResult call(String tool, JsonNode arguments, Map<String, String> headers) {
    Optional<ModelTool> known = tool(tool);
    Optional<Operation> operation = Operation.named(tool, document);
    if (known.isEmpty() || operation.isEmpty()) {
      return new ToolResult.Failed("There is no tool " + tool);
    }
    JsonNode declared = known.get().parameters().path("properties");
    ObjectNode sent = Reply.JSON.createObjectNode();
    arguments
        .properties()
        .forEach(
            argument -> {
              if (declared.has(argument.getKey())) {
                sent.set(argument.getKey(), argument.getValue());
              }
            });
    return client.execute(this, operation.get(), sent, headers);
  }
}
