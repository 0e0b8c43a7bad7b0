package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.scripted.Scripted;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the error table that an MCP server causes. */
class ProblemsIT {
  /** Of a server that gives none. */
  private static final int DEFAULT_TIMEOUT_MILLIS = 60_000;

  private static final String SECRET = "sk-1234567890";
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "good", Definition.of(Scripted.stdio().withoutOddTools()),
                    "fragile", Definition.of(Scripted.stdio().withoutOddTools()),
                    "large", Definition.of(Scripted.stdio().withoutOddTools().heap("600m")),
                    "impatient",
                        Definition.of(Scripted.stdio().withoutOddTools()).with("timeout", 1),
                    "starting",
                        Definition.of(Scripted.stdio().startDelay("600s"))
                            .with("startupTimeout", 600),
                    "broken",
                        Definition.of(
                                Scripted.stdio()
                                    .exitAtStart(3)
                                    .stderr("no licence for key " + SECRET))
                            .with("env", Map.of("API_KEY", SECRET)),
                    "off", Definition.of(Scripted.stdio()).with("disabled", true)))
            .awaitReady("good", "fragile", "large", "impatient");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @AfterEach
  void theNextOrdinaryCallSucceeds() {
    for (String server : new String[] {"good", "large", "impatient"}) {
      assertEquals("\"next\"", call(server, "echo", "{\"message\":\"next\"}").ok());
    }
  }

  private static Answer call(String server, String tool, String arguments) {
    return product.post("/" + server + "/" + tool, arguments);
  }

  private static void assertPlace(String server, String tool, JsonNode problem) {
    assertEquals(server, problem.path("server").asText());
    assertEquals(tool, problem.path("tool").asText());
  }

  @Test
  void aFailureOfTheToolIs424WithItsOwnText() {
    Answer answer = call("good", "fail", "{\"message\":\"The city \\\"Ber\\\" is unknown.\"}");

    JsonNode problem = answer.refused(424, "tool-failed");
    assertPlace("good", "fail", problem);
    assertEquals("The city \"Ber\" is unknown.", problem.path("detail").asText());
    assertFalse(answer.header("Retry-After").isPresent());
  }

  @Test
  void aFailureWithoutTextStillSaysSomething() {
    Answer answer = call("good", "fail_silently", "{}");

    assertPlace("good", "fail_silently", answer.refused(424, "tool-failed"));
  }

  @Test
  void argumentsThatTheServerItselfRefusesAre422() {
    Answer answer = call("good", "rpc_error", "{\"code\":-32602,\"message\":\"no such city\"}");

    JsonNode problem = answer.refused(422, "invalid-arguments");
    assertPlace("good", "rpc_error", problem);
    assertEquals("no such city", problem.path("detail").asText());
  }

  @Test
  void aMethodUnknownToTheServerIs404() {
    Answer answer = call("good", "rpc_error", "{\"code\":-32601}");

    assertPlace("good", "rpc_error", answer.refused(404, "not-found"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-32603, 42, 413, 1, -40000})
  void anRpcErrorOfTheToolIs424WithItsText(int code) {
    Answer answer = call("good", "rpc_error", "{\"code\":" + code + ",\"message\":\"boom\"}");

    JsonNode problem = answer.refused(424, "tool-failed");
    assertPlace("good", "rpc_error", problem);
    assertEquals("boom", problem.path("detail").asText());
  }

  @ParameterizedTest
  @ValueSource(ints = {-32700, -32600, -32000, -32001, -32099})
  void anyOtherRpcErrorIs502WithCodeAndText(int code) {
    Answer answer = call("good", "rpc_error", "{\"code\":" + code + ",\"message\":\"boom\"}");

    JsonNode problem = answer.refused(502, "upstream-invalid");
    assertPlace("good", "rpc_error", problem);
    assertTrue(problem.path("detail").asText().contains("boom"), answer.text());
    assertTrue(problem.path("detail").asText().contains("" + code), answer.text());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"string, `\"no object\"`", "content, `\"no array\"`"})
  void aResultInAnotherFormIsHandedOver(String kind, String said) {
    assertEquals(said, call("good", "broken_result", "{\"kind\":\"" + kind + "\"}").ok());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "number"})
  void aResultThatCannotBeReadIs502(String kind) {
    Answer answer = call("good", "broken_result", "{\"kind\":\"" + kind + "\"}");

    assertPlace("good", "broken_result", answer.refused(502, "upstream-invalid"));
  }

  @Test
  void aResultOfNullIs502() {
    Answer answer = call("good", "null_result", "{}");

    assertPlace("good", "null_result", answer.refused(502, "upstream-invalid"));
  }

  @Test
  void anAnswerOver64MbIs502AndOneBelowIsWhole() {
    Answer whole = call("large", "big", "{\"bytes\":40000000}");
    Answer tooLarge = call("large", "big", "{\"bytes\":68000000}");

    assertEquals(40_000_002, whole.body().length);
    JsonNode problem = tooLarge.refused(502, "upstream-invalid");
    assertPlace("large", "big", problem);
    assertTrue(problem.path("detail").asText().contains("64 MB"), tooLarge.text());
  }

  @Test
  void aServerThatIsStartingIs503WithRetryAfter() {
    Answer answer = call("starting", "echo", "{\"message\":\"x\"}");

    assertPlace("starting", "echo", answer.refused(503, "upstream-unavailable"));
    assertTrue(Integer.parseInt(answer.header("Retry-After").orElseThrow()) > 0);
  }

  @Test
  void aServerThatFailedIs503WithItsLastWordsAndNoSecret() {
    product.await("broken has failed", () -> status("broken").equals("failed"));
    Answer answer = call("broken", "echo", "{\"message\":\"x\"}");
    while (answer.text().contains("still starting")) {
      answer = call("broken", "echo", "{\"message\":\"x\"}");
    }

    JsonNode problem = answer.refused(503, "upstream-unavailable");
    assertPlace("broken", "echo", problem);
    String detail = problem.path("detail").asText();
    assertTrue(detail.contains("exit code 3"), detail);
    assertTrue(detail.contains("no licence for key ***"), detail);
    assertTrue(Integer.parseInt(answer.header("Retry-After").orElseThrow()) > 0);
    assertFalse(String.join("\n", product.log()).contains(SECRET));
  }

  @Test
  void aServerThatIsOffIs503WithTheReason() {
    Answer answer = call("off", "echo", "{\"message\":\"x\"}");

    JsonNode problem = answer.refused(503, "upstream-unavailable");
    assertPlace("off", "echo", problem);
    assertTrue(problem.path("detail").asText().contains("disabled in its file"), answer.text());
    assertFalse(answer.header("Retry-After").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"crash", "hang_up"})
  void aServerThatDiesDuringACallLeavesItsOutcomeUnknown(String fault) {
    product.awaitReady("fragile");

    Answer answer = call("fragile", fault, "{}");

    assertPlace("fragile", fault, answer.refused(503, "outcome-unknown"));
    assertFalse(answer.header("Retry-After").isPresent());
    product.await(
        "fragile is started again",
        () -> call("fragile", "echo", "{\"message\":\"back\"}").text().equals("\"back\""));
  }

  @Test
  void anAnswerThatCameBeforeTheEndCounts() {
    product.awaitReady("fragile");

    Answer answer = call("fragile", "crash_after", "{}");

    assertEquals("\"last words\"", answer.ok());
  }

  @Test
  void aCallThatIsNotAnsweredIs504AtTheServersTimeoutAndCancelledUpstream() {
    long start = System.nanoTime();
    int before = cancelledAt("impatient");

    Answer answer = call("impatient", "never", "{}");

    assertPlace("impatient", "never", answer.refused(504, "upstream-timeout"));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 1000 && millis < DEFAULT_TIMEOUT_MILLIS, millis + " ms");
    assertFalse(answer.header("Retry-After").isPresent());
    product.await(
        "the server is told of the cancellation", () -> cancelledAt("impatient") == before + 1);
  }

  @Test
  void anAnswerAfterTheDeadlineIsDropped() {
    Answer answer = call("impatient", "slow", "{\"ms\":1300}");

    answer.refused(504, "upstream-timeout");
    assertEquals("\"own\"", call("impatient", "echo", "{\"message\":\"own\"}").ok());
  }

  private static int cancelledAt(String server) {
    return call(server, "cancelled", "{}").json().size();
  }

  private static String status(String server) {
    return product.server(server).path("status").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "garbage_then_answer, {}, \"after garbage\"",
    "answer_twice, {}, \"first\"",
    "answer_unknown_id_first, {}, \"for you\"",
    "answer_with_string_id, {}, \"id as text\""
  })
  void anAnswerIsFoundAmongTheServersMistakes(String tool, String arguments, String expected) {
    Answer answer = call("good", tool, arguments);

    assertEquals(expected, answer.ok());
  }
}
