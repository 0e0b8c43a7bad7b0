package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResumptionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** What a client gets when the rest of its exchange is this. */
  private HttpResponse<String> answer(Consumer<RoutingContext> rest) throws Exception {
    Router router = Router.router(vertx);
    new Problems(null).register(router);
    router
        .get()
        .handler(
            exchange ->
                Resumption.of(exchange, Vertx.currentContext(), () -> rest.accept(exchange)));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(uri).timeout(LONG).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void assertInternal(HttpResponse<String> response) throws Exception {
    assertEquals(500, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("content-type").orElseThrow());
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertEquals("internal", problem.get("type").textValue());
  }

  @Test
  void anAnswerThatCannotBeWrittenIsAProblem() throws Exception {
    ArrayNode deep = JsonNodeFactory.instance.arrayNode();
    for (int level = 0; level < 2000; level++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    JsonNode answer = deep;

    assertInternal(answer(exchange -> ToolRoute.end(exchange, answer, null)));
  }

  @Test
  void aFaultIsAProblem() throws Exception {
    assertInternal(
        answer(
            exchange -> {
              throw new IllegalStateException("on purpose");
            }));
  }

  @Test
  void anOverflowingStackIsAProblem() throws Exception {
    assertInternal(
        answer(
            exchange -> {
              throw new StackOverflowError();
            }));
  }

  @Test
  void anAnswerIsWritten() throws Exception {
    HttpResponse<String> response =
        answer(exchange -> ToolRoute.end(exchange, TextNode.valueOf("a"), null));

    assertEquals(200, response.statusCode());
    assertEquals("\"a\"", response.body());
  }
}
