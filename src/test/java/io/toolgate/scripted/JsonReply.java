package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The one JSON body that answers a POST: the last response sent before the end. Everything else
 * goes to the session's own stream, if the client has opened one.
 */
final class JsonReply implements Channel {
  private final HttpExchange exchange;
  private final Session session;
  private JsonNode body = NullNode.getInstance();
  private String before = "";

  JsonReply(HttpExchange exchange, Session session) {
    this.exchange = exchange;
    this.session = session;
  }

  @Override
  public synchronized void send(JsonNode message) {
    if (message.has("method")) {
      session.unsolicited().send(message);
    } else {
      body = message;
    }
  }

  /** White space is all that may stand before a JSON body. */
  @Override
  public synchronized void garbage() {
    before = "\r\n\t \n";
  }

  @Override
  public synchronized void end() {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write(before.getBytes(StandardCharsets.US_ASCII));
      Json.write(out, body);
    } catch (IOException e) {
      // The client has gone away.
    }
  }

  @Override
  public void hangUp() {
    exchange.close();
  }
}
