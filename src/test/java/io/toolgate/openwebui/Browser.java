package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page in a user's browser, which talks to the user's own tool servers with {@code fetch()}.
 *
 * <p>Every request goes to another origin, so the browser asks first (preflight) and hides every
 * answer that does not allow the page's origin. A message that begins with {@code Failed to fetch}
 * is all the page learns then; what follows it is for the reader of a test. Cookies stay at home,
 * because the page asks without credentials.
 */
public final class Browser extends OpenWebUi {
  private static final AnswerReading READING = new AnswerReading(Generation.PAGE);

  private final String origin;
  private final Cors cors;

  /** A page of an Open WebUI on this machine. */
  public Browser() {
    this("http://localhost:3000");
  }

  public Browser(String origin) {
    this.origin = origin;
    this.cors = new Cors(origin);
  }

  @Override
  String base(String url) {
    return url;
  }

  @Override
  Reply fetch(String documentUrl, Auth auth) throws Unreadable {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    auth.whenThePageFetches().ifPresent(value -> headers.put("authorization", value));
    return fetch("GET", documentUrl, headers, null, DOCUMENT_LIMIT);
  }

  @Override
  List<ModelTool> convert(ObjectNode document) {
    return PageConversion.convert(document);
  }

  @Override
  ToolResult execute(
      Connection connection, Operation operation, ObjectNode arguments, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    connection.auth().whenCalling().ifPresent(value -> headers.put("authorization", value));
    headers.putAll(more);
    headers.keySet().removeIf("cookie"::equalsIgnoreCase);
    boolean sends = operation.takesBody() && operation.node().has("requestBody");
    String body = operation.declaresBody() ? arguments.toString() : "{}";
    byte[] sent = sends ? body.getBytes(StandardCharsets.UTF_8) : null;
    String target = operation.target(connection.url(), arguments);
    String method = operation.method().toUpperCase(Locale.ROOT);
    try {
      Reply reply = fetch(method, target, headers, sent, CALL_LIMIT);
      if (reply.status() > 299) {
        String problem = "HTTP error! Status: " + reply.status() + ". Message: " + reply.text();
        return new ToolResult.Failed(problem);
      }
      return READING.read(reply);
    } catch (Unreadable e) {
      return new ToolResult.Failed(e.getMessage());
    }
  }

  /**
   * What the server wants to add to the system prompt, asked for after the document.
   *
   * @param url the connection's URL
   */
  public Optional<String> systemPrompt(String url, Auth auth) {
    String base = url.replaceFirst("/$", "");
    try {
      Reply config = fetch("GET", base + "/api/config", Map.of(), null, DOCUMENT_LIMIT);
      if (config.status() != 200 || !hasSystemFeature(config)) {
        return Optional.empty();
      }
      Map<String, String> headers = new LinkedHashMap<>();
      auth.whenThePageFetches().ifPresent(value -> headers.put("Authorization", value));
      Reply system = fetch("GET", base + "/system", headers, null, DOCUMENT_LIMIT);
      return system.json().map(s -> s.path("prompt").asText()).filter(p -> !p.isEmpty());
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private static boolean hasSystemFeature(Reply config) {
    JsonNode feature =
        config.json().map(c -> c.path("features").path("system")).orElse(Reply.JSON.nullNode());
    return feature.asBoolean();
  }

  /** The preflight where one is needed, then the request, with a browser's checks on both. */
  Reply fetch(String method, String url, Map<String, String> headers, byte[] body, Duration limit)
      throws Unreadable {
    try {
      Set<String> unsafe = Cors.unsafe(headers);
      if (Cors.needsPreflight(method, unsafe)) {
        cors.checkPreflight(preflight(method, url, unsafe), method, unsafe);
      }
      Map<String, String> sent = new LinkedHashMap<>(headers);
      sent.putIfAbsent("Accept", "*/*");
      sent.put("Origin", origin);
      Reply reply = Wire.send(method, url, sent, body, limit);
      cors.checkOrigin(reply);
      return Cors.visible(reply);
    } catch (Unreadable e) {
      throw new Unreadable("Failed to fetch: " + e.getMessage());
    }
  }

  /** Never carries a token, a cookie or a body. */
  Reply preflight(String method, String url, Set<String> unsafe) throws Unreadable {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "*/*");
    headers.put("Origin", origin);
    headers.put("Access-Control-Request-Method", method);
    if (!unsafe.isEmpty()) {
      headers.put("Access-Control-Request-Headers", String.join(",", unsafe));
    }
    return Wire.send("OPTIONS", url, headers, null, DOCUMENT_LIMIT);
  }
}
