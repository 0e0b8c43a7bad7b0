package io.toolgate.scripted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/**
 * The older HTTP transport: GET opens a stream, whose first event says where to POST messages; all
 * answers come on the stream.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP
 *     2024-11-05, HTTP with SSE</a>
 */
final class SseTransport implements HttpHandler {
  static final String MESSAGES = "/messages";
  private static final String SESSION = "sessionId=";

  private final Script script;

  SseTransport(Script script) {
    this.script = script;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean messages = exchange.getRequestURI().getPath().equals(MESSAGES);
    switch (exchange.getRequestMethod() + (messages ? " messages" : "")) {
      case "GET" -> open(exchange);
      case "POST messages" -> post(exchange);
      default -> HttpFront.respond(exchange, 405, "");
    }
  }

  private void open(HttpExchange exchange) throws IOException {
    EventStream stream = EventStream.lasting(exchange);
    Session session = script.open(stream);
    String endpoint =
        script.options().text(Option.ENDPOINT).orElse(MESSAGES + "?" + SESSION + "{id}");
    stream.event("endpoint", endpoint.replace("{id}", session.id()));
  }

  private void post(HttpExchange exchange) throws IOException {
    Optional<Posted> posted = Posted.read(exchange);
    if (posted.isEmpty()) {
      return;
    }
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Optional<Session> session = script.session(query.replace(SESSION, ""));
    if (session.isEmpty()) {
      HttpFront.respond(exchange, 404, "unknown session");
      return;
    }
    HttpFront.respond(exchange, 202, "");
    session
        .get()
        .receive(posted.get().message(), posted.get().headers(), session.get().unsolicited());
  }
}
