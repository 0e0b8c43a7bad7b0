package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the programs that are called Open WebUI, seen from a tool server.
 *
 * <p>Stateless: what a connection knows is in {@link Connection}. Threading: any thread.
 */
public abstract sealed class OpenWebUi permits Backend, Browser {
  static final Duration DOCUMENT_LIMIT = Duration.ofSeconds(10);
  static final Duration CALL_LIMIT = Duration.ofSeconds(300);

  /** Connects with the document at its usual place, {@code openapi.json}. */
  public final Connection connect(String url, Auth auth) {
    return connect(url, "openapi.json", auth);
  }

  /**
   * Fetches the document and turns it into tools.
   *
   * @param url the connection's URL, to which calls will go
   * @param path the document's place below it, or a whole URL when it holds {@code ://}
   * @throws ConnectionFailed when this version would offer no tool of this server
   */
  public final Connection connect(String url, String path, Auth auth) {
    Reply reply;
    try {
      reply = fetch(documentUrl(url, path), auth);
    } catch (Unreadable e) {
      throw new ConnectionFailed(e.getMessage());
    }
    ObjectNode document = document(reply);
    return new Connection(this, url, auth, document, convert(document));
  }

  final String documentUrl(String url, String path) {
    if (path.contains("://")) {
      return path;
    }
    return base(url) + (path.startsWith("/") ? "" : "/") + path;
  }

  private static ObjectNode document(Reply reply) {
    Optional<JsonNode> body = reply.json();
    if (reply.status() != 200) {
      String detail = body.map(b -> b.path("detail").asText()).orElse("no JSON body");
      throw new ConnectionFailed("status " + reply.status() + ": " + detail);
    }
    if (!reply.mediaType().equals("application/json")) {
      throw new ConnectionFailed("the document is served as '" + reply.mediaType() + "'");
    }
    JsonNode document = body.orElseThrow(() -> new ConnectionFailed("the document is not JSON"));
    if (!(document instanceof ObjectNode object)) {
      throw new ConnectionFailed("the document is not a JSON object");
    }
    if (!object.path("paths").isObject()) {
      throw new ConnectionFailed("the document has no paths");
    }
    return object;
  }

  /** The connection's URL as this version puts it before a path. */
  abstract String base(String url);

  abstract Reply fetch(String documentUrl, Auth auth) throws Unreadable;

  abstract List<ModelTool> convert(ObjectNode document);

  abstract ToolResult execute(
      Connection connection,
      Operation operation,
      ObjectNode arguments,
      Map<String, String> headers);

  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
