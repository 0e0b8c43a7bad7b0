package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events as a channel.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, Server-sent
 *     events</a>
 */
final class EventStream implements Channel {
  private final HttpExchange exchange;
  private final OutputStream out;
  private final boolean endsWithAnswer;

  private EventStream(HttpExchange exchange, boolean endsWithAnswer) throws IOException {
    this.exchange = exchange;
    this.endsWithAnswer = endsWithAnswer;
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    out = exchange.getResponseBody();
    out.flush();
  }

  /** A stream that lives as long as its session. */
  static EventStream lasting(HttpExchange exchange) throws IOException {
    return new EventStream(exchange, false);
  }

  /** The answer to one POST. */
  static EventStream answering(HttpExchange exchange) throws IOException {
    return new EventStream(exchange, true);
  }

  @Override
  public synchronized void send(JsonNode message) {
    try {
      write("event: message\ndata: ");
      Json.write(out, message);
      write("\n\n");
      out.flush();
    } catch (IOException e) {
      exchange.close();
    }
  }

  synchronized void event(String name, String data) {
    raw("event: " + name + "\ndata: " + data + "\n\n");
  }

  /** A comment, an event of an unknown kind, one without data, and two that are no messages. */
  @Override
  public synchronized void garbage() {
    raw(": a comment\n\n");
    event("weather", "sunny");
    raw("event: message\n\n");
    event("message", "not json");
    event("message", "42");
  }

  @Override
  public void end() {
    if (endsWithAnswer) {
      exchange.close();
    }
  }

  @Override
  public void hangUp() {
    exchange.close();
  }

  private void raw(String text) {
    try {
      write(text);
      out.flush();
    } catch (IOException e) {
      exchange.close();
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
