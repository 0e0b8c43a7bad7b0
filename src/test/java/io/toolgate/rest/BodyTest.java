package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.Await;
import io.toolgate.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests are true ones, to a server that answers with the body it read. */
class BodyTest {
  private static final int LIMIT = Body.LIMIT;

  private static Vertx vertx;
  private static HttpServer server;
  private static volatile CompletableFuture<byte[]> lastRead = new CompletableFuture<>();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  CompletableFuture<byte[]> body = Body.read(request);
                  body.whenComplete((bytes, failure) -> lastRead.complete(bytes));
                  body.whenComplete(
                      (bytes, failure) ->
                          request
                              .response()
                              .setStatusCode(failure instanceof ProblemException ? 413 : 200)
                              .end(
                                  failure == null
                                      ? Buffer.buffer(bytes)
                                      : Buffer.buffer(failure.getMessage())));
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static HttpResponse<byte[]> post(HttpRequest.BodyPublisher body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(body)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, LIMIT - 1, LIMIT})
  void readsTheWholeBodyUpToTheLimit(int size) throws Exception {
    HttpResponse<byte[]> answer = post(HttpRequest.BodyPublishers.ofByteArray(random(size)));

    assertEquals(200, answer.statusCode());
    assertArrayEquals(random(size), answer.body());
  }

  @Test
  void readsABodyWithoutKnownLength() throws Exception {
    byte[] bytes = random(300_000);

    HttpResponse<byte[]> answer =
        post(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));

    assertArrayEquals(bytes, answer.body());
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 5 * LIMIT})
  void refusesMoreAndTheClientCanReadWhy(int size) throws Exception {
    HttpResponse<byte[]> answer = post(HttpRequest.BodyPublishers.ofByteArray(random(size)));

    assertEquals(413, answer.statusCode());
    assertEquals(
        "A request body may have 10 MB. Send less at a time.",
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"100, HTTP/1.1 100 Continue", "11000000, HTTP/1.1 413 Request Entity Too Large"})
  void aClientThatAsksMaySendWhatIsNotTooLarge(int announced, String answer) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      client
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                      + announced
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));

      assertEquals(
          answer,
          new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
              .readLine());
    }
  }

  @Test
  void cutsAClientThatSendsWithoutEnd() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      OutputStream out = client.getOutputStream();
      out.write(
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 10_000; i++) {
              out.write(chunk);
            }
          });
    }
  }

  @Test
  void aClientThatBreaksOffEndsTheReading() throws Exception {
    lastRead = new CompletableFuture<>();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      client
          .getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
    }

    assertEquals(null, Await.result(lastRead));
  }
}
