package io.toolgate.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A conversation with a browser.
 *
 * <p>Threading: one thread sends, the WebSocket's own receives; {@link #events} may be read from
 * any.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  DevTools(URI url) {
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(url, this).join();
  }

  /** All events so far, each with {@code method}, {@code params} and {@code sessionId}. */
  List<JsonNode> events() {
    return events;
  }

  /**
   * Sends a command and waits for its result.
   *
   * @param session of a tab, or null for the browser itself
   */
  JsonNode send(String session, String method, Map<String, ?> params) {
    int id = lastId.incrementAndGet();
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(params));
    if (session != null) {
      command.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(command.toString(), true).join();
    JsonNode response = Await.result(answer);
    if (response.has("error")) {
      throw new AssertionError(method + ": " + response.get("error"));
    }
    return response.get("result");
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      received(text.toString());
      text.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  private void received(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json.has("id")) {
        waiting.remove(json.get("id").intValue()).complete(json);
      } else {
        events.add(json);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
