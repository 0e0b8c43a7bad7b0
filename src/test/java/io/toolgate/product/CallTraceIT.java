package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call leaves behind: its id and its line in the access log. */
class CallTraceIT {
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(Scripted.stdio().withoutOddTools()),
                    "off", Definition.of(Scripted.stdio()).with("disabled", true)))
            .awaitReady("s");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "Ab-1_2", "0123456789012345678901234567890123456789012345678901234567890123"})
  void aWellFormedRequestIdIsKept(String id) {
    Answer answer = product.post("/s/echo", "{\"message\":\"m\"}", "X-Request-Id", id);

    assertEquals(id, answer.header("X-Request-Id").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a.b",
        "a\"b",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void anyOtherRequestIdIsReplaced(String id) {
    Answer answer = product.post("/s/echo", "{\"message\":\"m\"}", "X-Request-Id", id);

    assertTrue(answer.header("X-Request-Id").orElseThrow().matches("[0-9a-f]{16}"));
  }

  @Test
  void eachRequestHasAnIdOfItsOwn() {
    Answer first = product.get("/servers");
    Answer second = product.get("/servers");

    assertFalse(first.header("X-Request-Id").equals(second.header("X-Request-Id")));
  }

  @ParameterizedTest
  @CsvSource({
    "ok, /s/echo, 200, s, echo",
    "flat, /s_echo, 200, s, echo",
    "unfit, /s/add, 422, s, add",
    "unknown, /s/nothing, 404, s, nothing",
    "nobody, /nobody/nothing, 404, nobody, nothing",
    "off, /off/x, 503, off, x"
  })
  void eachCallHasOneLine(String id, String path, int status, String server, String tool) {
    product.post(path, "{\"message\":\"quite private\"}", "X-Request-Id", id);

    String line = line(id);
    String fields =
        "id=%s caller=anonymous server=%s tool=%s status=%d ms="
            .formatted(id, server, tool, status);
    assertTrue(line.contains(fields), line);
    assertTrue(line.substring(line.indexOf("ms=")).matches("ms=\\d+\\.\\d"), line);
    assertFalse(String.join("\n", product.log()).contains("quite private"));
  }

  @Test
  void aNameInTheLineIsEscapedAndBounded() {
    String forged = "%0A2030-01-01%20INFO%20access%20id=forged%22%E5%90%8D";

    product.post("/s/" + forged + "x".repeat(5_000), "{}", "X-Request-Id", "escaped");

    String line = line("escaped");
    assertTrue(line.contains("tool=\"\\u000a2030-01-01 INFO access id=forged\\\"\\u540dxxx"), line);
    assertTrue(line.length() < 300, line);
    assertFalse(product.log().stream().anyMatch(other -> other.startsWith("2030")));
  }

  @Test
  void aCallThatItsCallerGaveUpIsLoggedAndCancelledUpstream() {
    int before = cancelled();

    RawRequest.sendAndLeave(
        product.url(),
        "POST /s/never HTTP/1.1\nHost: localhost\nX-Request-Id: gone\nContent-Length: 2",
        "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    product.await("the server is told", () -> cancelled() == before + 1);
    assertTrue(line("gone").contains("tool=never status=503"), line("gone"));
  }

  @Test
  void aCallerThatLeavesWithinItsBodyIsNoFaultOfOurs() {
    RawRequest.sendAndLeave(
        product.url(),
        "POST /s/echo HTTP/1.1\nHost: localhost\nX-Request-Id: half\nContent-Length: 200",
        "{\"message\":\"half of it".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    assertTrue(line("half").contains("tool=echo status=503"), line("half"));
    assertEquals(
        List.of(), product.log().stream().filter(other -> other.contains("ERROR")).toList());
  }

  private static int cancelled() {
    return product.post("/s/cancelled", "{}").json().size();
  }

  /** The only line of a call. */
  private static String line(String id) {
    product.await("the line of " + id, () -> !lines(id).isEmpty());
    assertEquals(1, lines(id).size());
    return lines(id).get(0);
  }

  private static List<String> lines(String id) {
    return product.log().stream().filter(line -> line.contains("access id=" + id + " ")).toList();
  }
}
