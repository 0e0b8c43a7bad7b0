package io.toolgate.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A message that came in the body of a POST.
 *
 * @param headers by lower-case name, the first value of each
 */
record Posted(JsonNode message, ObjectNode headers) {

  /** Empty after a body that is not JSON, which is answered with 400. */
  static Optional<Posted> read(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    ObjectNode headers = Json.object();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    try {
      return Optional.of(new Posted(Json.read(body), headers));
    } catch (JsonProcessingException e) {
      HttpFront.respond(exchange, 400, "the body is not JSON");
      return Optional.empty();
    }
  }

  boolean wantsAnswer() {
    return message.has("method") && message.has("id");
  }
}
