package io.toolgate.upstream;

import static io.toolgate.upstream.Launched.SERVER;
import static io.toolgate.upstream.Launched.chat;
import static io.toolgate.upstream.Launched.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.CallLimits;
import io.toolgate.tenant.Enablement;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.Sessions;
import io.toolgate.tenant.Sessions.Scope;
import io.toolgate.tenant.TenantFiles;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Variables;
import io.toolgate.upstream.UpstreamState.OnDemand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that belong to somebody, and such as begin with the first call. */
class OwnSessionsTest {
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** Answers a call only when told to by a file, and everything else at once. */
  private static final String SLOW =
      Launched.GREET + Launched.TOOLS + "read call; while [ ! -e go ]; do sleep 0.02; done; exit 0";

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

  private void start(Scope scope, int max, int maxPerUser, String script) {
    launched.shape = new Sessions(scope, true, IDLE, max, maxPerUser);
    launched.start(script);
  }

  private long callOf(Told told) {
    return Launched.pid(launched.call(false, told));
  }

  @Test
  void onDemandNothingRunsBeforeTheFirstCall() {
    start(Scope.SHARED, 1, 1, SERVER);

    assertEquals(OnDemand.class, launched.upstream.state().getClass());
    assertEquals(List.of(), launched.pids());
    assertEquals(
        "Which tools the server has is still being found out.",
        launched.upstream.whyDown(true).orElseThrow().detail());
    assertEquals(Await.result(launched.call()).path("pid").asLong(), launched.pids().get(0));
  }

  @Test
  void onDemandItEndsWhenItIsIdleAndBeginsAgainWithTheNextCall() {
    start(Scope.SHARED, 1, 1, SERVER);
    long first = Launched.pid(launched.call());

    launched.laterUntil("it is idle", IDLE.plusSeconds(1), this::isOnDemand);

    Await.dead(first);
    assertNotEquals(first, Launched.pid(launched.call()));
  }

  private boolean isOnDemand() {
    return launched.upstream.state() instanceof OnDemand;
  }

  private boolean nobodyHasASession() {
    return launched.upstream.ownSessions() == 0;
  }

  @Test
  void onDemandOneInUseIsNotIdle() {
    launched.settings.keepAlive = IDLE.multipliedBy(2);
    start(Scope.SHARED, 1, 1, SLOW);
    CompletableFuture<JsonNode> running = launched.call();
    launched.await(UpstreamState.Ready.class);

    launched.later(IDLE.plusSeconds(1));

    assertEquals(UpstreamState.Ready.class, launched.upstream.state().getClass());
    running.cancel(false);
  }

  @Test
  void learnsItsToolsOnceAndEndsAgain() {
    start(Scope.USER, 9, 9, SERVER);

    assertTrue(launched.upstream.learn());
    Await.until("the tools are known", () -> launched.upstream.tools().size() == 1);
    launched.await(UpstreamState.Ready.class);
    launched.laterUntil("it is not needed", Duration.ZERO, this::isOnDemand);

    Await.dead(launched.pids().get(0));
    assertEquals(false, launched.upstream.learn());
  }

  @Test
  void eachUserHasAProcessOfTheirOwn() {
    start(Scope.USER, 9, 9, SERVER);

    long anna = callOf(user("anna@example.org"));
    long bert = callOf(user("bert@example.org"));

    assertNotEquals(anna, bert);
    assertEquals(anna, callOf(user("anna@example.org")));
    assertEquals(anna, callOf(chat("anna@example.org", "1")));
    assertEquals(2, launched.upstream.ownSessions());
  }

  @Test
  void aCallerWithoutUserIsRefused() {
    start(Scope.CHAT, 9, 9, SERVER);

    ProblemException refused = Peer.problem(launched.call(false, Told.NOBODY));

    assertEquals(Problem.NOT_GRANTED, refused.problem());
    assertEquals(List.of(), launched.pids());
  }

  @Test
  void eachChatOfAUserHasAProcessOfItsOwn() {
    start(Scope.CHAT, 9, 9, SERVER);

    long first = callOf(chat("anna@example.org", "1"));
    long second = callOf(chat("anna@example.org", "2"));
    long stolen = callOf(chat("bert@example.org", "1"));

    assertEquals(3, List.of(first, second, stolen).stream().distinct().count());
    assertEquals(first, callOf(chat("anna@example.org", "1")));
  }

  @Test
  void aUserWithTooManyChatsLosesTheOneUnusedForLongest() {
    start(Scope.CHAT, 9, 2, SERVER);
    long bert = callOf(chat("bert@example.org", "1"));
    long first = callOf(chat("anna@example.org", "1"));
    long second = callOf(chat("anna@example.org", "2"));

    callOf(chat("anna@example.org", "3"));

    Await.dead(first);
    assertEquals(second, callOf(chat("anna@example.org", "2")));
    assertEquals(bert, callOf(chat("bert@example.org", "1")));
  }

  @Test
  void aUserWhoseSessionsAreAllBusyIsRefused() {
    start(Scope.CHAT, 9, 1, SLOW);
    CompletableFuture<JsonNode> running = launched.call(false, chat("anna@example.org", "1"));

    ProblemException refused = Peer.problem(launched.call(false, chat("anna@example.org", "2")));

    assertEquals(Problem.TOO_MANY_CALLS, refused.problem());
    assertTrue(refused.retryAfterSeconds().isPresent());
    running.cancel(false);
  }

  @Test
  void noUserTakesAnothersPlace() {
    start(Scope.USER, 1, 1, SERVER);
    long anna = callOf(user("anna@example.org"));

    ProblemException refused = Peer.problem(launched.call(false, user("bert@example.org")));

    assertEquals(Problem.TOO_MANY_CALLS, refused.problem());
    assertEquals(anna, callOf(user("anna@example.org")));
  }

  @Test
  void anIdleSessionMakesRoomInTime() {
    start(Scope.USER, 1, 1, SERVER);
    long anna = callOf(user("anna@example.org"));

    launched.laterUntil("it is idle", IDLE.plusSeconds(1), () -> !Await.alive(anna));

    assertNotEquals(anna, callOf(user("bert@example.org")));
  }

  private long callWith(String group, String token) {
    GroupCredentials credentials =
        new GroupCredentials(group, Map.of("TOKEN", token), Optional.empty());
    return Launched.pid(launched.call("a", false, Told.NOBODY, Optional.of(credentials)));
  }

  @Test
  void newCredentialsOfAGroupEndTheSessionWithTheOldOnes() {
    start(Scope.SHARED, 9, 9, SERVER);
    long other = callWith("Sales", "one");
    long old = callWith("Developers", "one");
    Await.until("no call runs", () -> launched.upstream.runningCalls() == 0);

    long fresh = callWith("Developers", "two");

    assertNotEquals(old, fresh);
    Await.dead(old);
    assertEquals(other, callWith("Sales", "one"));
    assertEquals(2, launched.upstream.ownSessions());
  }

  @Test
  void aSessionInUseOutlivesItsCredentials() {
    start(Scope.SHARED, 9, 9, SLOW);
    GroupCredentials old =
        new GroupCredentials("Developers", Map.of("TOKEN", "one"), Optional.empty());
    CompletableFuture<JsonNode> running = launched.call("a", false, Told.NOBODY, Optional.of(old));
    Await.until("it runs", () -> launched.pids().size() == 1);

    CompletableFuture<JsonNode> next =
        launched.call(
            "a",
            false,
            Told.NOBODY,
            Optional.of(
                new GroupCredentials("Developers", Map.of("TOKEN", "two"), Optional.empty())));
    Await.until("the next one runs", () -> launched.pids().size() == 2);

    assertTrue(Await.alive(launched.pids().get(0)));
    assertEquals(2, launched.upstream.ownSessions());
    running.cancel(false);
    next.cancel(false);
  }

  @Test
  void whatWasRemovedBeginsNoSession() {
    start(Scope.USER, 9, 9, SERVER);
    launched.upstream.stop("It was removed.", Duration.ZERO).join();

    ProblemException refused = Peer.problem(launched.call(false, user("anna@example.org")));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, refused.problem());
    assertEquals(0, launched.upstream.ownSessions());
    assertEquals(List.of(), launched.pids());
  }

  @Test
  void aCallThatWaitsForASessionIsToldAtOnceWhenItIsRemoved() {
    start(Scope.USER, 9, 9, "echo $$ >> pids; cat > /dev/null");
    CompletableFuture<JsonNode> waiting = launched.call(false, user("anna@example.org"));
    Await.until("it is being started", () -> launched.pids().size() == 1);

    CompletableFuture<Void> gone = launched.upstream.stop("It was removed.", Duration.ofMinutes(5));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, Peer.problem(waiting).problem());
    Await.result(gone);
    Await.dead(launched.pids().get(0));
  }

  @Test
  void stoppingWaitsForASessionThatWasEndedBefore() {
    start(Scope.USER, 9, 9, SERVER + "; sleep 1");
    long pid = callOf(user("anna@example.org"));
    launched.laterUntil("it is idle", IDLE.plusSeconds(1), this::nobodyHasASession);

    launched.upstream.stop("The test is over.", Duration.ZERO).join();

    assertEquals(false, Await.alive(pid));
  }

  @Test
  void oneThatWaitsForItsTurnToStartIsStoppedAtOnce() {
    launched.starts = new Turns(new CallLimits(1, 9), () -> launched.workers);
    CompletableFuture<Void> taken = launched.starts.enter();
    start(Scope.USER, 9, 9, SERVER);
    CompletableFuture<JsonNode> waiting = launched.call(false, user("anna@example.org"));
    assertEquals(1, launched.starts.waiting());

    Await.result(launched.upstream.stop("It was removed.", Duration.ZERO));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, Peer.problem(waiting).problem());
    launched.starts.leave(taken);
    assertEquals(0, launched.starts.running());
    assertEquals(0, launched.starts.waiting());
    assertEquals(List.of(), launched.pids());
  }

  @Test
  void manyChatsOfOneUserLeaveNoMoreSessionsThanOneUserMayHave() {
    start(Scope.CHAT, 9, 2, SERVER);

    for (int i = 0; i < 12; i++) {
      callOf(chat("anna@example.org", "chat-" + i));
    }

    assertEquals(2, launched.upstream.ownSessions());
    List<Long> pids = launched.pids();
    pids.subList(0, pids.size() - 2).forEach(Await::dead);
    Await.until("their sessions are forgotten", () -> launched.sessions.size() == 2);
  }

  @Test
  void manyChatsWhoseCallersGoAwayLeaveNothingBehind() {
    start(Scope.CHAT, 9, 4, SERVER);

    for (int i = 0; i < 300; i++) {
      launched.call(false, chat("anna@example.org", "chat-" + i)).cancel(false);
    }

    assertEquals(4, launched.upstream.ownSessions());
    assertEquals(0, launched.upstream.runningCalls());
    assertTrue(launched.pids().stream().filter(Await::alive).count() <= 4, "processes of one user");
    launched.laterUntil("they are idle", IDLE.plusSeconds(1), this::nobodyHasASession);
    Await.until("no start goes on", () -> launched.starts.running() == 0);
    Await.until("no session is left", launched.sessions::isEmpty);
    launched.pids().forEach(Await::dead);
  }

  @Test
  void aCallerWhoCannotStandInTheEnvironmentIsRefusedBeforeAStart() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("servers.json"),
            "{\"mcpServers\":{\"s\":{\"command\":\"sh\",\"args\":[\"-c\",\"echo $$ >> pids\"],"
                + "\"session\":\"user\",\"env\":{\"GROUPS\":\"${user.groups}\"}}}}");
    launched.start(
        TenantFiles.read(
                List.of(file),
                Variables.of(Map.of(), Map.of()),
                new Enablement(false, Set.of(), Set.of()))
            .find("s")
            .orElseThrow());
    Told odd =
        new Told(
            Optional.of("anna@example.org"), Optional.empty(), Set.of("a\nb"), Optional.empty());

    ProblemException refused = Peer.problem(launched.call(false, odd));

    assertEquals(Problem.NOT_GRANTED, refused.problem());
    assertEquals(0, launched.upstream.ownSessions());
  }
}
