package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the error table that a request itself causes, before any server sees it. */
class RefusedRequestsIT {
  private static final int MB = 1 << 20;
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())))
            .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @AfterEach
  void theNextOrdinaryCallSucceeds() {
    assertEquals("\"next\"", product.post("/s/echo", "{\"message\":\"next\"}").ok());
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        body("{\"message\":", "ends before"),
        body("{'message':\"x\"}", "double quotes"),
        body("message=x", "not valid JSON"),
        body("[{\"message\":\"x\"}]", "a JSON object"),
        body("\"x\"", "a JSON object"),
        body("null", "a JSON object"),
        body("{\"message\":\"a\",\"message\":\"b\"}", "twice"),
        body("{\"message\":\"x\",\"n\":NaN}", "NaN"),
        body("{\"message\":\"x\",\"n\":-Infinity}", "Infinity"),
        body("{\"message\":\"x\"} {}", "goes on after"),
        body("{\"message\":\"x\"}]", "goes on after"),
        body("{\"message\":\"\\ud83d\"}", "half of a character"),
        body("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}", "nested deeper"),
        body("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), "nested deeper"),
        body("{\"message\":\"x\",\"n\":" + "9".repeat(5_000) + "}", "digits"),
        body("{\"message\":\"x\",\"n\":1e999999999}", "digits"),
        Arguments.of(
            new byte[] {'{', '"', 'm', '"', ':', '"', (byte) 0xC3, '(', '"', '}'},
            "UTF-8; the first bad byte is at offset 6"),
        Arguments.of("{\"message\":\"x\"}".getBytes(StandardCharsets.UTF_16), "not valid UTF-8"));
  }

  private static Arguments body(String text, String words) {
    return Arguments.of(text.getBytes(StandardCharsets.UTF_8), words);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aBodyThatIsNoJsonObjectIs400(byte[] body, String words) {
    Answer answer = product.send("POST", "/s/echo", body, "Content-Type", "application/json");

    JsonNode problem = answer.refused(400, "malformed-body");
    assertTrue(problem.path("detail").asText().contains(words), answer.text());
    assertEquals("s", problem.path("server").asText());
    assertEquals("echo", problem.path("tool").asText());
    assertTrue(answer.body().length < 1_000, answer.text());
  }

  @Test
  void argumentsThatBreakTheSchemaAre422WithOnePointerEach() {
    Answer answer = product.post("/s/add", "{\"a\":\"one\",\"c\":3}");

    JsonNode problem = answer.refused(422, "invalid-arguments");
    assertEquals(
        List.of("/a", "/b", "/c"),
        problem.path("errors").findValuesAsText("pointer").stream().sorted().toList());
    problem
        .path("errors")
        .forEach(error -> assertFalse(error.path("detail").asText().isBlank(), answer.text()));
    assertEquals("s", problem.path("server").asText());
    assertEquals("add", problem.path("tool").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s/nothing", "/nobody/echo", "/nobody", "/s/echo/more"})
  void anUnknownToolIs404(String path) {
    Answer answer = product.post(path, "{}");

    answer.refused(404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s/", "/s", "/servers", "/openapi.json"})
  void aPageIsNotPostedTo(String path) {
    Answer answer = product.post(path, "{}");

    answer.refused(405, "method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/nothing/at/all", "/s/nothing", "/s/docs/more", "/q/nothing"})
  void aPageThatIsNoneIs404(String path) {
    Answer answer = product.get(path);

    answer.refused(404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s/%c3%28", "/%ff/echo", "/s/%80"})
  void aPathThatIsNoUtf8Is404(String path) {
    Answer answer = raw("POST " + path + " HTTP/1.1\nHost: localhost\nContent-Length: 2", "{}");

    answer.refused(404, "not-found");
  }

  /** Turned away by the HTTP layer, which has no words for it. */
  @ParameterizedTest
  @ValueSource(strings = {"/s/%zz", "/s/%", "/s/%4", "/s/a%2", "/s/echo?a=%zz", "/s/a b", "/s/a|b"})
  void aPathThatIsNoUriIs400(String path) {
    Answer answer = raw("POST " + path + " HTTP/1.1\nHost: localhost\nContent-Length: 2", "{}");

    assertEquals(400, answer.status());
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /s/echo, POST",
    "DELETE, /s/echo, POST",
    "PATCH, /s/echo, POST",
    "DELETE, /servers, GET",
    "PUT, /openapi.json, GET",
  })
  void anotherMethodIs405AndSaysWhichAreAllowed(String method, String path, String allowed) {
    Answer answer = product.send(method, path, "{}".getBytes(StandardCharsets.UTF_8));

    answer.refused(405, "method-not-allowed");
    assertTrue(answer.header("Allow").orElse("").contains(allowed), answer.headers().toString());
  }

  @ParameterizedTest
  @CsvSource({"Accept, text/event-stream", "Accept, garbage", "Accept, ''"})
  void whatIsAcceptedIsNoReasonToRefuse(String name, String value) {
    for (String page : List.of("/health", "/servers", "/s", "/tools", "/openapi.json", "/system")) {
      Answer answer = product.get(page, name, value);

      assertTrue(answer.header("Content-Type").orElse("").startsWith("application/json"), page);
      answer.ok();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.1"})
  void aForeignHostIs403(String host) {
    Answer answer = raw("POST /s/echo HTTP/1.1\nHost: " + host + "\nContent-Length: 2", "{}");

    answer.refused(403, "not-granted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]:8000"})
  void anyNameOfThisMachineIsAnswered(String host) {
    Answer answer = raw("GET /servers HTTP/1.1\nHost: " + host, "");

    answer.ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example", "x"})
  void aForeignOriginIs403(String origin) {
    Answer call = product.post("/s/echo", "{\"message\":\"x\"}", "Origin", origin);
    Answer document = product.get("/openapi.json", "Origin", origin);

    call.refused(403, "not-granted");
    document.refused(403, "not-granted");
    assertFalse(call.header("Access-Control-Allow-Origin").isPresent());
  }

  @Test
  void healthIsAnsweredWhateverTheHost() {
    Answer answer = raw("GET /health HTTP/1.1\nHost: toolgate.internal:8000", "");

    answer.ok();
  }

  @Test
  void aBodyOver10MbIs413() {
    Answer answer = product.send("POST", "/s/echo", new byte[11 * MB]);

    JsonNode problem = answer.refused(413, "body-too-large");
    assertTrue(problem.path("detail").asText().contains("10 MB"), answer.text());
    assertEquals("echo", problem.path("tool").asText());
  }

  @Test
  void aBodyOfExactly10MbIsRead() {
    String json = "{\"message\":\"" + "x".repeat(10 * MB - 14) + "\"}";

    Answer answer = product.post("/s/echo", json);

    assertEquals(10 * MB - 12, answer.ok().length());
  }

  @Test
  void aChunkedBodyOver10MbIs413() {
    byte[] chunk = ("100000\r\n" + "x".repeat(MB) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[chunk.length * 12 + 5];
    IntStream.range(0, 12)
        .forEach(i -> System.arraycopy(chunk, 0, body, i * chunk.length, chunk.length));
    System.arraycopy("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, body, body.length - 5, 5);

    Answer answer =
        RawRequest.send(
            product.url(),
            "POST /s/echo HTTP/1.1\nHost: localhost\nConnection: close\nTransfer-Encoding: chunked",
            body);

    answer.refused(413, "body-too-large");
  }

  /** Eight times 100 MB are more than the heap of the product under test. */
  @Test
  void bodiesOf100MbAre413AndAreNotKept() {
    byte[] body = new byte[100 * MB];

    List<Answer> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                i ->
                    RawRequest.send(
                        product.url(),
                        "POST /s/echo HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: "
                            + body.length,
                        body))
            .toList();

    answers.forEach(answer -> answer.refused(413, "body-too-large"));
  }

  @Test
  void aBodyForAToolThatIsNoneIs404HoweverLarge() {
    byte[] body = new byte[30 * MB];

    Answer answer =
        RawRequest.send(
            product.url(),
            "POST /s/nothing HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: "
                + body.length,
            body);

    answer.refused(404, "not-found");
  }

  @Test
  void aBodyAnnouncedAsHugeIs413BeforeItIsSent() {
    Answer answer =
        raw(
            "POST /s/echo HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 5000000000",
            "");

    answer.refused(413, "body-too-large");
  }

  @Test
  void aPathOfMoreThan16KbIsRefused() {
    Answer answer = raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\nHost: localhost", "");

    assertEquals(414, answer.status());
  }

  private static Answer raw(String head, String body) {
    return RawRequest.send(
        product.url(), head + "\nConnection: close", body.getBytes(StandardCharsets.UTF_8));
  }
}
