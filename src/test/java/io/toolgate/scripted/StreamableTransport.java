package io.toolgate.scripted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/**
 * Streamable HTTP: POST for messages, DELETE to end the session, GET for a stream where asked for.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">MCP,
 *     Streamable HTTP</a>
 */
final class StreamableTransport implements HttpHandler {
  private static final String SESSION_ID = "Mcp-Session-Id";

  private final Script script;
  private final boolean stateless;
  private final boolean answersEvents;

  StreamableTransport(Script script) {
    this.script = script;
    stateless = script.options().has(Option.STATELESS);
    answersEvents = script.options().text(Option.ANSWER).filter("sse"::equals).isPresent();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" -> post(exchange);
      case "GET" -> get(exchange);
      case "DELETE" -> delete(exchange);
      default -> HttpFront.respond(exchange, 405, "");
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    Optional<Posted> posted = Posted.read(exchange);
    if (posted.isEmpty()) {
      return;
    }
    Posted request = posted.get();
    Optional<Session> session =
        stateless || request.message().path("method").asText().equals("initialize")
            ? Optional.of(open(exchange))
            : find(exchange);
    if (session.isPresent() && request.wantsAnswer()) {
      Channel channel =
          answersEvents ? EventStream.answering(exchange) : new JsonReply(exchange, session.get());
      session.get().receive(request.message(), request.headers(), channel);
    } else if (session.isPresent()) {
      session.get().receive(request.message(), request.headers(), Channel.NONE);
      HttpFront.respond(exchange, 202, "");
    }
  }

  private void get(HttpExchange exchange) throws IOException {
    if (!script.options().has(Option.GET_STREAM)) {
      HttpFront.respond(exchange, 405, "");
      return;
    }
    Optional<Session> session = find(exchange);
    if (session.isPresent()) {
      session.get().unsolicited(EventStream.lasting(exchange));
    }
  }

  private void delete(HttpExchange exchange) throws IOException {
    Optional<Session> session = find(exchange);
    if (session.isPresent()) {
      script.forget(session.get().id());
      HttpFront.respond(exchange, 204, "");
    }
  }

  private Session open(HttpExchange exchange) {
    Session session = script.open(Channel.NONE);
    if (stateless) {
      script.forget(session.id());
    } else {
      exchange.getResponseHeaders().set(SESSION_ID, session.id());
    }
    return session;
  }

  /** Empty after a missing id, answered with 400, or an unknown one, answered with 404. */
  private Optional<Session> find(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst(SESSION_ID);
    if (id == null) {
      HttpFront.respond(exchange, 400, "the header " + SESSION_ID + " is missing");
      return Optional.empty();
    }
    Optional<Session> session = script.session(id);
    if (session.isEmpty()) {
      HttpFront.respond(exchange, 404, "unknown session");
    }
    return session;
  }
}
