package io.toolgate.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.call.ToolAddress;
import io.toolgate.call.ToolCalls;
import io.toolgate.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/**
 * Tool calls: {@code POST /{server}/{tool}}, or flat as {@code POST /{server}_{tool}}. The
 * arguments are accepted under any content type, as plain {@code curl -d} sends them.
 *
 * <p>A route of Vert.x and no resource of JAX-RS, because every microsecond that a call spends on
 * finding its method, its media type and its writer is spent on what is always the same; see
 * docs/adr/0015-path-of-a-call.md.
 *
 * <p>Threading: event loops; an answer is written on its request's own.
 */
@Singleton
class ToolRoute {
  private static final int FIRST = -1; // before the resources, but after all filters

  /** The one resource that is posted to. */
  private static final String REFRESH = "refresh";

  /** Under which Quarkus's metrics look for it; they would count each path by itself. */
  private static final String NAME_FOR_METRICS = "UrlPathTemplate";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CharSequence TYPE = HttpHeaders.createOptimized("application/json");

  private final ToolCalls calls;
  private final Ending ending;
  private final Unanswered unanswered;

  ToolRoute(ToolCalls calls, Ending ending, Unanswered unanswered) {
    this.calls = calls;
    this.ending = ending;
    this.unanswered = unanswered;
  }

  void register(@Observes Router router) {
    router.post().order(FIRST).handler(this::handle);
  }

  private void handle(RoutingContext exchange) {
    ToolAddress address = ToolPath.parse(exchange.request().path());
    if (address instanceof ToolAddress.Flat && address.tool().equals(REFRESH)) {
      exchange.next();
      return;
    }
    if (unanswered.isForPage(exchange, address)) {
      exchange.fail(unanswered.at(exchange));
      return;
    }
    try {
      call(exchange, address);
    } catch (ProblemException refusal) {
      exchange.fail(refusal);
    }
  }

  private void call(RoutingContext exchange, ToolAddress address) {
    ending.enter(exchange);
    Context context = Vertx.currentContext();
    context.putLocal(NAME_FOR_METRICS, "/{server}/{tool}");
    CompletableFuture<JsonNode> answer =
        calls.call(
            Door.requestId(exchange),
            Door.caller(exchange),
            address,
            exchange.request().headers()::getAll,
            () -> Body.read(exchange.request()));
    exchange.addEndHandler(ended -> answer.cancel(false)); // without effect once it is answered
    answer.whenComplete(
        (json, failure) -> Resumption.of(exchange, context, () -> end(exchange, json, failure)));
  }

  static void end(RoutingContext exchange, JsonNode json, Throwable failure) {
    if (failure != null) {
      exchange.fail(failure);
      return;
    }
    Buffer body = Buffer.buffer(bytes(json));
    exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, TYPE).end(body);
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer cannot be written.", e);
    }
  }
}
