package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.policy.CapturedLog;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.Connection.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpSessionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Peer peer = new Peer("s3cret-value");
  private final McpSession session = peer.session;

  private CompletableFuture<JsonNode> call() {
    return session.call(Peer.object(), Patience.of(MINUTE), Map.of());
  }

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  @Test
  void givesEachAnswerToItsRequest() {
    CompletableFuture<JsonNode> first = call();
    CompletableFuture<JsonNode> second = call();

    peer.says("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"n\":2}}");
    peer.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1}}");

    assertEquals(1, first.join().get("n").intValue());
    assertEquals(2, second.join().get("n").intValue());
  }

  @Test
  void sendsMethodParametersAndANewIdEachTime() {
    session.request("a", Peer.object().put("x", 1), MINUTE);
    session.request("b", null, MINUTE);

    assertEquals(
        List.of(
            Peer.json("{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":{\"x\":1},\"id\":1}"),
            Peer.json("{\"jsonrpc\":\"2.0\",\"method\":\"b\",\"id\":2}")),
        List.copyOf(peer.sent.stream().map(JsonNode::toString).map(Peer::json).toList()));
  }

  @Test
  void acceptsAnIdThatComesBackAsText() {
    CompletableFuture<JsonNode> call = call();

    peer.says("{\"id\":\"1\",\"result\":{\"ok\":true}}");

    assertTrue(call.join().get("ok").booleanValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":99,\"result\":{}}",
        "{\"id\":\"nobody-asked\",\"result\":{}}",
        "{\"id\":null,\"result\":{}}",
        "{\"id\":true,\"result\":{}}",
        "{\"id\":1.5,\"result\":{}}",
        "{\"id\":18446744073709551617,\"result\":{}}",
        "{\"id\":[1],\"result\":{}}",
        "{\"id\":{},\"error\":{\"code\":1}}",
        "{\"result\":{}}",
        "{}",
        "5",
        "\"text\"",
        "null",
        "[]",
        "[[1]]"
      })
  void dropsWhatAnswersNoOpenRequest(String message) {
    CompletableFuture<JsonNode> call = call();

    peer.says(message);

    assertFalse(call.isDone());
  }

  @Test
  void warnsOnceOfAnswersThatNobodyWaitsFor() {
    try (CapturedLog log = new CapturedLog()) {
      for (int id = 700; id < 720; id++) {
        peer.says("{\"id\":" + id + ",\"result\":{}}");
      }
      peer.says("{\"id\":null,\"error\":{\"code\":-32700,\"message\":\"s3cret-value\"}}");

      assertEquals(1, log.with("a request that nobody waits for").size());
      assertEquals(1, log.with("an error that belongs to no request").size());
      assertTrue(log.with("s3cret-value").isEmpty());
    }
  }

  @Test
  void takesNoIdThatIsInUse() {
    Iterator<Long> drawn = List.of(9L, 9L, 9L, 10L).iterator();
    McpSession session =
        new McpSession(
            "s",
            new Masking(Set.of()),
            drawn::next,
            new Refusals(),
            new ServerLog("s", 50),
            method -> {});
    session.over(peer);

    session.call(Peer.object(), Patience.of(Duration.ofMinutes(1)), Map.of());
    session.call(Peer.object(), Patience.of(Duration.ofMinutes(1)), Map.of());

    assertEquals(10, peer.lastSent().get("id").asLong());
  }

  @Test
  void countsOnlyTheFirstAnswer() {
    CompletableFuture<JsonNode> call = call();

    peer.says("{\"id\":1,\"result\":{\"n\":1}}");
    peer.says("{\"id\":1,\"result\":{\"n\":2}}");

    assertEquals(1, call.join().get("n").intValue());
  }

  @Test
  void readsBatches() {
    CompletableFuture<JsonNode> first = call();
    CompletableFuture<JsonNode> second = call();

    peer.says("[{\"id\":2,\"result\":{}},{\"method\":\"m\"},{\"id\":1,\"result\":{}}]");

    assertTrue(first.isDone() && second.isDone());
    assertEquals(List.of("m"), peer.notified);
  }

  @ParameterizedTest
  @CsvSource({
    "-32602, INVALID_ARGUMENTS, why",
    "-32601, NOT_FOUND, why",
    "-32603, TOOL_FAILED, why",
    "-32000, UPSTREAM_INVALID, The server answered with error -32000: why",
    "-32099, UPSTREAM_INVALID, The server answered with error -32099: why",
    "-32700, UPSTREAM_INVALID, The server answered with error -32700: why",
    "1, TOOL_FAILED, why",
    "-31999, TOOL_FAILED, why",
    "-32769, TOOL_FAILED, why",
    "'\"E42\"', UPSTREAM_INVALID, The server answered with error E42: why",
  })
  void turnsErrorCodesIntoProblems(String code, Problem problem, String detail) {
    CompletableFuture<JsonNode> call = call();

    peer.says("{\"id\":1,\"error\":{\"code\":" + code + ",\"message\":\"why\"}}");

    assertEquals(problem, Peer.problem(call).problem());
    assertEquals(detail, Peer.problem(call).detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"message\":\" \"}", "{\"message\":{}}", "\"\"", "[]", "7"})
  void saysSoWhenAnErrorGivesNoReason(String error) {
    CompletableFuture<JsonNode> call = call();

    peer.says("{\"id\":1,\"error\":" + error + "}");

    assertEquals(Problem.UPSTREAM_INVALID, Peer.problem(call).problem());
    assertEquals(
        "The server answered with error without code: The server gave no reason.",
        Peer.problem(call).detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"result\":null", ",\"error\":null"})
  void refusesAnAnswerWithoutResultObject(String result) {
    CompletableFuture<JsonNode> call = call();

    peer.says("{\"id\":1" + result + "}");

    assertEquals(Problem.UPSTREAM_INVALID, Peer.problem(call).problem());
  }

  @Test
  void tellsTheCallerWhyItsAnswerWasThrownAway() {
    CompletableFuture<JsonNode> call = call();

    session.refused(1, "Too large.");

    assertEquals(Problem.UPSTREAM_INVALID, Peer.problem(call).problem());
    assertEquals("Too large.", Peer.problem(call).detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-32602", "-32601", "-32603", "\"s3cret-value\""})
  void masksSecretsInErrors(String code) {
    CompletableFuture<JsonNode> call = call();

    peer.says(
        "{\"id\":1,\"error\":{\"code\":" + code + ",\"message\":\"key s3cret-value is bad\"}}");

    assertTrue(Peer.problem(call).detail().endsWith("key *** is bad"));
    assertFalse(Peer.problem(call).detail().contains("s3cret-value"));
  }

  @Test
  void waitsUntilTheDeadline() {
    CompletableFuture<JsonNode> call = call();

    session.expire(in(Duration.ofSeconds(59)));

    assertFalse(call.isDone());
    assertEquals(1, peer.sent.size());
  }

  @Test
  void endsAtTheDeadlineAndTellsTheServer() {
    CompletableFuture<JsonNode> call = call();

    session.expire(in(Duration.ofSeconds(61)));

    assertEquals(Problem.UPSTREAM_TIMEOUT, Peer.problem(call).problem());
    assertEquals("notifications/cancelled", peer.lastSent().get("method").textValue());
    assertEquals(1, peer.lastSent().at("/params/requestId").intValue());
    assertFalse(peer.lastSent().has("id"));
  }

  @Test
  void tellsTheServerOnceWhenADeadlinePasses() {
    call();

    session.expire(in(Duration.ofSeconds(61)));
    session.expire(in(Duration.ofSeconds(62)));

    assertEquals(2, peer.sent.size());
  }

  @Test
  void cancellationReachesTheServer() {
    call();
    CompletableFuture<JsonNode> second = call();

    second.cancel(false);

    assertEquals("notifications/cancelled", peer.lastSent().get("method").textValue());
    assertEquals(2, peer.lastSent().at("/params/requestId").intValue());
  }

  @Test
  void cancellingAnAnsweredCallTellsNobody() {
    CompletableFuture<JsonNode> call = call();
    peer.says("{\"id\":1,\"result\":{}}");

    call.cancel(false);

    assertEquals(1, peer.sent.size());
  }

  @Test
  void dropsTheAnswerThatComesAfterTheDeadline() {
    CompletableFuture<JsonNode> call = call();
    session.expire(in(Duration.ofSeconds(61)));

    peer.says("{\"id\":1,\"result\":{}}");

    assertEquals(Problem.UPSTREAM_TIMEOUT, Peer.problem(call).problem());
  }

  @Test
  void closingFailsEveryWaitingRequest() {
    CompletableFuture<JsonNode> call = call();

    session.closed("It ended.");

    assertEquals(Problem.OUTCOME_UNKNOWN, Peer.problem(call).problem());
    assertTrue(Peer.problem(call).detail().startsWith("It ended. "));
    assertEquals(OptionalInt.empty(), Peer.problem(call).retryAfterSeconds());
    assertEquals("It ended.", session.closed().join());
  }

  @Test
  void closingCountsOnce() {
    session.closed("First.");

    session.closed("Second.");

    assertEquals("First.", session.closed().join());
  }

  @Test
  void sendsNothingAfterItsEnd() {
    session.closed("It ended.");

    CompletableFuture<JsonNode> call = call();
    session.expire(in(Duration.ofSeconds(61)));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, Peer.problem(call).problem());
    assertEquals(List.of(), peer.sent);
  }

  @Test
  void endsEachRequestOnceWhileItIsClosed() throws Exception {
    AtomicInteger ends = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(4);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread caller =
          new Thread(
              () -> {
                started.countDown();
                for (int n = 0; n < 2_000; n++) {
                  call().whenComplete((result, failure) -> ends.incrementAndGet());
                }
              });
      caller.start();
      callers.add(caller);
    }
    Await.until("all call", () -> started.getCount() == 0);

    session.closed("It ended.");

    for (Thread caller : callers) {
      Await.until("it has ended", () -> !caller.isAlive());
    }
    assertEquals(8_000, ends.get());
  }

  @Test
  void answersAPing() {
    peer.says("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}");

    assertEquals(Peer.json("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}"), peer.lastSent());
  }

  @Test
  void offersNoOtherMethods() {
    peer.says("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"roots/list\"}");

    assertEquals(5, peer.lastSent().get("id").intValue());
    assertEquals(-32601, peer.lastSent().at("/error/code").intValue());
  }

  @Test
  void handsNotificationsOn() {
    peer.says("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");

    assertEquals(List.of("notifications/tools/list_changed"), peer.notified);
    assertEquals(List.of(), peer.sent);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, UPSTREAM_UNAVAILABLE, 1",
    "REFUSED, UPSTREAM_INVALID, -1",
    "UNKNOWN, OUTCOME_UNKNOWN, -1",
  })
  void whatCannotBeSentEndsByItsEffect(Effect effect, Problem problem, int retryAfter) {
    peer.failing(effect, "No way with s3cret-value.");

    ProblemException end = Peer.problem(call());

    assertEquals(problem, end.problem());
    assertTrue(end.detail().startsWith("No way with ***."));
    assertEquals(retryAfter, end.retryAfterSeconds().orElse(-1));
  }

  @Test
  void asksForTheProgressOfACall() {
    call();

    assertEquals(1, peer.lastSent().at("/params/_meta/progressToken").intValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1\""})
  void progressPutsOffTheEndForSilence(String token) {
    CompletableFuture<JsonNode> call =
        session.call(Peer.object(), new Patience(MINUTE, MINUTE.multipliedBy(10)), Map.of());
    long before = in(Duration.ofSeconds(59));

    peer.says(progress(token));
    session.expire(before);

    assertFalse(call.isDone());
  }

  private static String progress(String token) {
    return "{\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + token + "}}";
  }

  @Test
  void endsWhenProgressStops() {
    CompletableFuture<JsonNode> call =
        session.call(Peer.object(), new Patience(MINUTE, MINUTE.multipliedBy(10)), Map.of());
    peer.says(progress("1"));

    session.expire(in(Duration.ofSeconds(61)));

    assertEquals(
        "The server reported progress, and then nothing more.", Peer.problem(call).detail());
    assertEquals("notifications/cancelled", peer.lastSent().path("method").asText());
  }

  @Test
  void progressDoesNotPutOffTheDeadline() {
    CompletableFuture<JsonNode> call =
        session.call(Peer.object(), new Patience(MINUTE.multipliedBy(5), MINUTE), Map.of());
    peer.says(progress("1"));

    session.expire(in(Duration.ofSeconds(61)));

    assertEquals(
        "The server was still working when the time for the call was over.",
        Peer.problem(call).detail());
  }

  @Test
  void progressOfNoOpenCallHarmsNobody() {
    peer.says(progress("77"));

    assertEquals(List.of(), peer.notified);
  }

  @Test
  void aNotificationThatCannotBeSentHarmsNobody() {
    CompletableFuture<JsonNode> call = call();
    peer.failing(Effect.UNKNOWN, "Gone.");

    session.notify("notifications/initialized");

    assertFalse(call.isDone());
  }
}
