package io.toolgate.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/**
 * A problem as the caller gets it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
final class ProblemDocument {
  static final String MEDIA_TYPE = "application/problem+json";

  private ProblemDocument() {}

  /** Ends the exchange with the problem. */
  static void send(RoutingContext exchange, ProblemException problem) {
    HttpServerResponse response = exchange.response();
    response.setStatusCode(problem.problem().status());
    response.putHeader("Content-Type", MEDIA_TYPE);
    problem
        .retryAfterSeconds()
        .ifPresent(s -> response.putHeader("Retry-After", Integer.toString(s)));
    response.end(Buffer.buffer(bytes(problem, Door.requestId(exchange))));
  }

  static byte[] bytes(ProblemException problem, String requestId) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("type", problem.problem().slug());
    document.put("title", problem.problem().title());
    document.put("status", problem.problem().status());
    document.put("detail", problem.detail());
    document.put("instance", requestId);
    problem.server().ifPresent(server -> document.put("server", server));
    problem.tool().ifPresent(tool -> document.put("tool", tool));
    if (!problem.mistakes().isEmpty()) {
      problem
          .mistakes()
          .forEach(
              mistake ->
                  document
                      .withArray("errors")
                      .addObject()
                      .put("pointer", mistake.pointer())
                      .put("detail", mistake.detail()));
    }
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }
}
