package io.toolgate.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

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
    headers(problem, exchange).forEach(response::putHeader);
    response.end(Buffer.buffer(bytes(problem, Door.requestId(exchange))));
  }

  /** What a problem says to the client itself, beside its document. */
  static Map<String, String> headers(ProblemException problem, RoutingContext exchange) {
    Map<String, String> headers = new HashMap<>();
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> headers.put("Retry-After", Integer.toString(seconds)));
    if (problem.problem() == Problem.UNAUTHENTICATED) {
      headers.put("WWW-Authenticate", challenge(exchange));
    }
    if (problem.problem() == Problem.METHOD_NOT_ALLOWED) {
      headers.put("Allow", Unanswered.allowed(exchange));
    }
    return headers;
  }

  /** RFC 6750, section 3: the error is named only to who has presented a token. */
  private static String challenge(RoutingContext exchange) {
    String authorization = exchange.request().getHeader("Authorization");
    boolean refused =
        Door.hasBadProof(exchange)
            && authorization != null
            && authorization.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
    return "Bearer realm=\"toolgate\"" + (refused ? ", error=\"invalid_token\"" : "");
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
