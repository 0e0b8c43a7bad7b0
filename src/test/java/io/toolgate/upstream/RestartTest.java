package io.toolgate.upstream;

import static io.toolgate.upstream.Launched.GREET;
import static io.toolgate.upstream.Launched.SERVER;
import static io.toolgate.upstream.Launched.TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.CallLimits;
import io.toolgate.tenant.Told;
import io.toolgate.upstream.UpstreamState.Degraded;
import io.toolgate.upstream.UpstreamState.Failed;
import io.toolgate.upstream.UpstreamState.Ready;
import io.toolgate.upstream.UpstreamState.Stopped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers notice of a server that ends, hangs or is replaced. */
class RestartTest {
  /** Takes a call and dies of it, the first time; serves from then on. */
  private static final String DIES_ONCE =
      GREET + TOOLS + "[ -e died ] || { read call; touch died; kill -9 $$; }; " + Launched.ANSWER;

  /** Hears and says nothing any more. */
  private static final String MUTE = GREET + TOOLS + "while read x; do :; done";

  @TempDir Path folder;
  private Launched launched;

  @BeforeEach
  void prepare() {
    launched = new Launched(folder);
  }

  @AfterEach
  void end() {
    launched.close();
  }

  @Test
  void startsAtOnceAgainWhatHasAnsweredACall() {
    launched.start(SERVER);
    long first = Launched.pid(launched.call());

    launched.kill(first);
    long second = Launched.pid(launched.call(true, Told.NOBODY));

    assertNotEquals(first, second);
    assertEquals(List.of(), launched.timer.delays);
  }

  @Test
  void aCallThatMayBeRepeatedIsSentToTheNextSession() {
    launched.start(DIES_ONCE);
    launched.await(Ready.class);

    CompletableFuture<JsonNode> call = launched.call(true, Told.NOBODY);
    Await.until("it has died", () -> launched.timer.delays.size() == 1);
    launched.timer.runLast();

    long answered = Launched.pid(call);
    assertEquals(launched.pids().get(1), answered);
  }

  @Test
  void aCallThatMayNotBeRepeatedSaysThatItsOutcomeIsUnknown() {
    launched.start(DIES_ONCE);
    launched.await(Ready.class);

    ProblemException problem = Peer.problem(launched.call());

    assertEquals(Problem.OUTCOME_UNKNOWN, problem.problem());
    assertEquals(OptionalInt.empty(), problem.retryAfterSeconds());
    assertTrue(problem.detail().startsWith("The server's process was ended by signal 9."));
  }

  @Test
  void othersAreNotToldHowItEnded() {
    launched.start(DIES_ONCE);
    launched.await(Ready.class);

    ProblemException problem =
        Peer.problem(
            launched.upstream.call(
                new ToolCall("a", Peer.object(), false, Peer.object(), Requester.NOBODY)));

    assertEquals(Problem.OUTCOME_UNKNOWN, problem.problem());
    assertTrue(problem.detail().startsWith("The server was lost during the call."));
  }

  @Test
  void aCallIsNotSentAThirdTime() {
    launched.start(GREET + TOOLS + "read call; kill -9 $$");
    launched.await(Ready.class);

    CompletableFuture<JsonNode> call = launched.call(true, Told.NOBODY);
    Await.until("it has died", () -> launched.timer.delays.size() == 1);
    launched.timer.runLast();

    ProblemException problem = Peer.problem(call);
    assertEquals(Problem.UPSTREAM_UNAVAILABLE, problem.problem());
    assertTrue(problem.retryAfterSeconds().isPresent());
    assertEquals(2, launched.pids().size());
  }

  @Test
  void aCallDuringARestartWaitsForIt() {
    launched.start(GREET + TOOLS + "[ -e go ] || { touch go; exit 3; }; " + Launched.ANSWER);
    Await.until("it has died", () -> launched.timer.delays.size() == 1);

    CompletableFuture<JsonNode> call = launched.call();
    launched.timer.runLast();

    long answered = Launched.pid(call);
    assertEquals(launched.pids().get(1), answered);
  }

  @Test
  void aCallDuringARestartWaitsNoLongerThanItMay() {
    launched.settings.restartWait = Duration.ofMillis(1300);
    launched.start(GREET + TOOLS + "exit 3");
    launched.await(Failed.class);

    ProblemException problem = Peer.problem(launched.call());

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, problem.problem());
    assertTrue(problem.detail().contains("exit code 3"), problem.detail());
  }

  @Test
  void oneThatDiesAgainAndAgainHasFailed() {
    launched.start(SERVER);

    for (int i = 0; i < 20; i++) {
      long pid = Launched.pid(launched.call(true, Told.NOBODY));
      launched.kill(pid);
      Await.dead(pid);
    }

    Failed failed = launched.await(Failed.class);
    assertEquals(Downfall.CRASHED, failed.downfall());
    Await.until("a pause begins", () -> launched.timer.delays.size() == 1);
    launched.timer.runLast();
    launched.await(Ready.class);
  }

  @Test
  void aSilentServerIsDegradedAndThenEndedAndStartedAgain() {
    launched.settings.callTimeout = Duration.ofSeconds(100);
    launched.start(MUTE);
    launched.await(Ready.class);

    launched.later(Duration.ofSeconds(71));
    Degraded degraded = launched.await(Degraded.class);
    assertEquals("It does not answer, not even a ping.", degraded.why());
    launched.later(Duration.ofSeconds(170));
    assertEquals(Degraded.class, launched.upstream.state().getClass());
    launched.later(Duration.ofSeconds(260));

    Failed failed = launched.await(Failed.class);
    assertEquals(
        "It did not answer for too long, not even a ping, and was ended.", failed.reason());
  }

  @Test
  void oneThatAnswersPingsStaysReady() {
    launched.start(SERVER);
    launched.await(Ready.class);

    long asked = System.nanoTime();
    launched.later(Duration.ofSeconds(61));
    Await.until(
        "the ping is answered",
        () -> launched.sessions.stream().allMatch(s -> s.silence(asked) == 0));

    launched.later(Duration.ofSeconds(1));
    assertEquals(Ready.class, launched.upstream.state().getClass());
  }

  @Test
  void stoppingLetsRunningCallsFinish() {
    launched.start(
        GREET
            + TOOLS
            + "read x; echo '{\"method\":\"m\"}'; while [ ! -e go ]; do sleep 0.02; done; "
            + "id=${x##*'\"id\":'}; echo \"{\\\"id\\\":${id%%\\}*},\\\"result\\\":{\\\"pid\\\":5}}\"; read y");
    launched.await(Ready.class);
    CompletableFuture<JsonNode> running = launched.call();

    CompletableFuture<Void> stopped = launched.upstream.stop("It changed.", Await.LIMIT);
    ProblemException refused = Peer.problem(launched.call());
    assertFalse(stopped.isDone());
    assertTrue(folder.resolve("go").toFile().mkdir());

    assertEquals(5, Launched.pid(running));
    Await.result(stopped);
    assertEquals(Problem.UPSTREAM_UNAVAILABLE, refused.problem());
    assertEquals(Stopped.class, launched.upstream.state().getClass());
    Await.dead(launched.pids().get(0));
  }

  @Test
  void stoppingWaitsForRunningCallsNoLongerThanItMay() {
    launched.start(MUTE);
    launched.await(Ready.class);
    CompletableFuture<JsonNode> running = launched.call();

    Await.result(launched.upstream.stop("It changed.", Duration.ofMillis(50)));

    assertEquals(Problem.OUTCOME_UNKNOWN, Peer.problem(running).problem());
  }

  @Test
  void callsBeyondTheLimitWaitAndMoreAreRefused() {
    launched.limits = new CallLimits(1, 1);
    launched.start(MUTE);
    launched.await(Ready.class);
    CompletableFuture<JsonNode> running = launched.call();
    CompletableFuture<JsonNode> waiting = launched.call();

    ProblemException refused = Peer.problem(launched.call());

    assertEquals(Problem.TOO_MANY_CALLS, refused.problem());
    assertEquals(OptionalInt.of(1), refused.retryAfterSeconds());
    assertEquals(1, launched.upstream.waitingCalls());
    running.cancel(false);
    Await.until("the next has its turn", () -> launched.upstream.waitingCalls() == 0);
    assertEquals(1, launched.upstream.runningCalls());
    assertFalse(waiting.isDone());
    waiting.cancel(false);
    Await.until("none runs", () -> launched.upstream.runningCalls() == 0);
  }

  @Test
  void goesOnUnderADefinitionThatOnlyServesOtherTools() {
    launched.start(SERVER);
    long before = Launched.pid(launched.call());
    launched.filter =
        new io.toolgate.tenant.ToolFilter(
            java.util.Optional.of(java.util.Set.of("z")), java.util.Set.of());

    launched.upstream.redefine(launched.definition(SERVER));

    assertEquals(List.of(), launched.upstream.tools());
    assertEquals(before, Launched.pid(launched.call()));
  }
}
