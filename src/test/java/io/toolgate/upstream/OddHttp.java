package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server over Streamable HTTP that does what it is told with each answer, down to the bytes. It
 * has one tool, {@code a}, which answers {@code {"n": 5}}.
 */
final class OddHttp implements AutoCloseable {
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> methods = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Answering answering;

  /** Answers one request in its own way. */
  @FunctionalInterface
  interface Answering {
    /**
     * @param request empty for one without a body
     * @param usual what others would answer; null where nothing is to be answered
     */
    void answer(HttpExchange exchange, JsonNode request, ObjectNode usual) throws IOException;
  }

  OddHttp(Answering answering) {
    this.answering = answering;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  void become(Answering other) {
    answering = other;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode request = body.length == 0 ? Peer.object() : Json.MAPPER.readTree(body);
      asked.add(exchange.getRequestMethod() + " " + request.path("method").asText());
      methods.add(request.path("method").asText());
      answering.answer(exchange, request, usual(request));
    }
  }

  private static ObjectNode usual(JsonNode request) {
    if (!request.has("id")) {
      return null;
    }
    ObjectNode answer = Peer.object().put("jsonrpc", "2.0");
    answer.set("id", request.get("id"));
    ObjectNode result = answer.putObject("result");
    switch (request.path("method").asText()) {
      case "initialize" -> {
        result.put("protocolVersion", "2025-11-25");
        result.putObject("capabilities").putObject("tools");
      }
      case "tools/list" -> result.putArray("tools").addObject().put("name", "a");
      case "tools/call" -> result.put("n", 5);
      default -> {}
    }
    return answer;
  }

  /** As most servers do. */
  static void plainly(HttpExchange exchange, JsonNode request, ObjectNode usual)
      throws IOException {
    if (usual == null) {
      send(exchange, exchange.getRequestMethod().equals("GET") ? 405 : 202, null, "");
    } else {
      send(exchange, 200, "application/json", usual.toString());
    }
  }

  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param type null for none
   */
  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
