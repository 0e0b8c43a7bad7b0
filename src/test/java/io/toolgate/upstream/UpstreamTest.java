package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.CallLimits;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.ToolFilter;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.UpstreamState.Disabled;
import io.toolgate.upstream.UpstreamState.Failed;
import io.toolgate.upstream.UpstreamState.Ready;
import io.toolgate.upstream.UpstreamState.Starting;
import io.toolgate.upstream.UpstreamState.Stopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers are true processes: shell scripts that know what they will be asked. */
class UpstreamTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Answers the greeting; then {@code tools/list} has been asked, with id 2. */
  private static final String GREET =
      "echo $$ >> pids; read a; echo '{\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
          + "\"instructions\":\"Be kind.\",\"capabilities\":{\"tools\":{}}}}'; read b; read c; ";

  private static final String CHANGED =
      "echo '{\"method\":\"notifications/tools/list_changed\"}'; ";

  /** Answers nothing until its input ends. */
  private static final String SERVE = "while read x; do :; done";

  private static final String READY = GREET + list(2, "a", "b") + SERVE;

  @TempDir Path folder;

  private final ManualTimer timer = new ManualTimer();
  private final Set<McpSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger changes = new AtomicInteger();
  private final List<Integer> learned = new CopyOnWriteArrayList<>();
  private ToolFilter filter = ToolFilter.ALL;
  private Optional<Duration> startupTimeout = Optional.empty();
  private Optional<String> off = Optional.empty();
  private Executor workers = Runnable::run;
  private final Settings settings = new Settings();
  private Upstream upstream;

  private static String list(int id, String... tools) {
    String entries =
        String.join(",", List.of(tools).stream().map(t -> "{\"name\":\"" + t + "\"}").toList());
    return "echo '{\"id\":" + id + ",\"result\":{\"tools\":[" + entries + "]}}'; ";
  }

  private void build(String script) {
    build(new Transport.Stdio("/bin/sh", List.of("-c", script), Map.of(), Optional.of(folder)));
  }

  private void build(Transport transport) {
    ServerDefinition definition =
        new ServerDefinition(
            "s",
            "S",
            "",
            "stdio",
            transport,
            off,
            filter,
            Optional.empty(),
            startupTimeout,
            false,
            Set.of("s3cret-value"));
    upstream =
        new Upstream(
            definition,
            new Surroundings(
                workers,
                timer,
                sessions,
                changes::incrementAndGet,
                settings,
                Walls.none(),
                Client.HTTP,
                new Turns(CallLimits.DEFAULT, () -> workers),
                null,
                (server, tools) -> learned.add(tools.size()),
                "1.2.3"));
  }

  private void start(String script) {
    build(script);
    upstream.start();
  }

  private <T extends UpstreamState> T await(Class<T> state) {
    Await.until(state.getSimpleName(), () -> state.isInstance(upstream.state()));
    return state.cast(upstream.state());
  }

  /** Has failed so many times, and pauses now. */
  private void awaitFailure(int count) {
    Await.until("failure " + count, () -> timer.delays.size() == count);
  }

  private void awaitTools(String... names) {
    Await.until(List.of(names) + " are listed", () -> tools().equals(List.of(names)));
  }

  private List<String> tools() {
    return upstream.tools().stream().map(McpTool::name).toList();
  }

  private List<Long> pids() throws IOException {
    Path file = folder.resolve("pids");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
        : List.of();
  }

  private void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void stop() {
    Await.result(upstream.stop("The test is over.", Duration.ZERO));
  }

  private CompletableFuture<JsonNode> call() {
    return call(false);
  }

  private CompletableFuture<JsonNode> call(boolean repeatable) {
    Requester diagnosing =
        new Requester(Told.NOBODY, Optional.empty(), name -> Optional.empty(), true);
    return upstream.call(new ToolCall("a", Peer.object(), repeatable, Peer.object(), diagnosing));
  }

  private static Transport.Stdio missing() {
    return new Transport.Stdio("/nowhere/to/be/found", List.of(), Map.of(), Optional.empty());
  }

  @AfterEach
  void end() {
    if (upstream != null) {
      stop();
    }
  }

  @Test
  void isReadyWithItsToolsAndInstructions() {
    start(READY);

    await(Ready.class);

    assertEquals(List.of("a", "b"), tools());
    assertEquals(Optional.of("Be kind."), upstream.instructions());
    assertEquals(Optional.empty(), upstream.whyDown(true));
    Await.until("the change is told", () -> changes.get() == 1);
    assertEquals(List.of(2), learned);
  }

  @Test
  void servesOnlyTheToolsItsDefinitionServes() {
    filter = new ToolFilter(Optional.of(Set.of("b", "c")), Set.of());
    start(READY);

    await(Ready.class);

    assertEquals(List.of("b"), tools());
  }

  @Test
  void startsNothingWhenItIsOff() throws IOException {
    off = Optional.of("needs GITHUB_TOKEN");
    start(READY);

    assertInstanceOf(Disabled.class, upstream.state());
    assertEquals(List.of(), pids());
    assertEquals("The server is switched off: needs GITHUB_TOKEN.", Peer.problem(call()).detail());
    assertEquals(OptionalInt.empty(), Peer.problem(call()).retryAfterSeconds());
  }

  @Test
  void aCallDuringALongStartIsToldToComeAgain() {
    settings.restartWait = Duration.ofMillis(50);
    start("echo $$ >> pids; " + SERVE);

    ProblemException problem = Peer.problem(call());

    assertInstanceOf(Starting.class, upstream.state());
    assertEquals(Problem.UPSTREAM_UNAVAILABLE, problem.problem());
    assertEquals(OptionalInt.of(2), problem.retryAfterSeconds());
  }

  @Test
  void saysWhichProgramIsMissing() {
    build(missing());
    upstream.start();

    Failed failed = await(Failed.class);

    assertEquals(
        "The program \"/nowhere/to/be/found\" was not found or cannot be run.", failed.reason());
  }

  @Test
  void saysThatItsFolderIsMissing() {
    build(
        new Transport.Stdio(
            "/bin/sh", List.of(), Map.of(), Optional.of(folder.resolve("missing"))));
    upstream.start();

    assertTrue(await(Failed.class).reason().endsWith("missing does not exist."));
  }

  @Test
  void triesAgainWithGrowingPauses() {
    build(missing());
    upstream.start();
    for (int i = 0; i < 7; i++) {
      timer.runLast();
    }

    List<Long> shortest = List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertEquals(8, timer.delays.size());
    for (int i = 0; i < 8; i++) {
      long delay = timer.delays.get(i);
      long least = shortest.get(i) * 1000;
      assertTrue(least <= delay && delay <= least * 5 / 4, "pause " + i + " is " + delay);
    }
  }

  @Test
  void growsThePauseOfOneThatDiesBeforeItAnswers() throws IOException {
    start(READY);
    await(Ready.class);
    kill(pids().get(0));
    awaitFailure(1);
    timer.runLast();
    await(Ready.class);

    kill(pids().get(1));

    awaitFailure(2);
    assertTrue(timer.delays.get(1) >= 2000);
  }

  @Test
  void explainsAFailureWithItsLastWordsAndWithoutSecrets() {
    start("echo 'no licence for s3cret-value' >&2; exit 1");
    await(Failed.class);

    ProblemException problem = Peer.problem(call());

    assertEquals(
        "The server is down and is being started again. The server's process ended with exit code"
            + " 1. It last printed: no licence for ***",
        problem.detail());
    assertEquals(OptionalInt.of(1), problem.retryAfterSeconds());
  }

  @Test
  void tellsOthersOnlyOfWhichKindAFailureIs() {
    start("echo 'no licence in /etc/licence' >&2; exit 1");
    await(Failed.class);

    ProblemException problem = upstream.whyDown(false).orElseThrow();

    assertEquals(
        "The server is down: it could not be started. An administrator sees why at GET /servers.",
        problem.detail());
    assertEquals(OptionalInt.of(1), problem.retryAfterSeconds());
  }

  @Test
  void tellsOthersNotWhichVariableOneLacks() {
    off = Optional.of("needs SECRET_VARIABLE");
    start(READY);

    ProblemException problem = upstream.whyDown(false).orElseThrow();

    assertEquals(
        "The server is switched off. An administrator sees why at GET /servers.", problem.detail());
  }

  @Test
  void givesUpAStartThatTakesTooLong() throws IOException {
    startupTimeout = Optional.of(Duration.ofMillis(1500));
    start("echo $$ >> pids; " + SERVE);

    Failed failed = await(Failed.class);

    assertEquals("It was not ready within 1.5 s.", failed.reason());
    Await.until("the process has said its id", () -> !pidsOrNone().isEmpty());
    Await.dead(pids().get(0));
    Await.until("no session is left", sessions::isEmpty);
  }

  private List<Long> pidsOrNone() {
    try {
      return pids();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void aMistakeOfTheServerInItsGreetingIsTheReason() {
    start("read a; echo '{\"id\":1,\"result\":{\"protocolVersion\":\"2999-01-01\"}}'; " + SERVE);

    assertTrue(await(Failed.class).reason().contains("\"2999-01-01\""));
  }

  @Test
  void itsDeathFailsWaitingCallsAndKeepsTheToolsKnown() throws IOException {
    start(READY);
    await(Ready.class);
    CompletableFuture<JsonNode> call = call();

    kill(pids().get(0));

    assertEquals(Problem.OUTCOME_UNKNOWN, Peer.problem(call).problem());
    assertEquals("The server's process was ended by signal 9.", await(Failed.class).reason());
    assertEquals(List.of("a", "b"), tools());
    Await.until("no session is left", sessions::isEmpty);
  }

  @Test
  void aRefreshEndsThePause() throws IOException {
    start("[ -e good ] || exit 1; " + READY);
    awaitFailure(1);
    Files.createFile(folder.resolve("good"));

    upstream.refresh();

    await(Ready.class);
  }

  @Test
  void theOldPauseStartsNoSecondProcess() throws IOException {
    start("[ -e good ] || exit 1; " + READY);
    awaitFailure(1);
    Files.createFile(folder.resolve("good"));
    upstream.refresh();
    await(Ready.class);

    timer.run(0);

    assertInstanceOf(Ready.class, upstream.state());
    assertEquals(1, pids().size());
  }

  @Test
  void refreshesLeaveOneRowOfAttempts() {
    build(missing());
    upstream.start();
    upstream.refresh();
    upstream.refresh();
    assertEquals(3, timer.delays.size());

    timer.run(0);
    timer.run(1);

    assertEquals(3, timer.delays.size());
  }

  @Test
  void startingTwiceStartsOneProcess() throws IOException {
    start(READY);
    await(Ready.class);

    upstream.start();

    assertInstanceOf(Ready.class, upstream.state());
    assertEquals(1, pids().size());
  }

  @Test
  void stoppingEndsTheProcess() throws IOException {
    start(READY);
    await(Ready.class);

    stop();

    assertInstanceOf(Stopped.class, upstream.state());
    Await.dead(pids().get(0));
    assertEquals(List.of(), timer.delays);
    assertTrue(upstream.whyDown(true).isPresent());
  }

  @Test
  void stoppingDuringTheStartEndsTheProcess() throws IOException {
    start("echo $$ >> pids; " + SERVE);
    Await.until("the process runs", () -> !pidsOrNone().isEmpty());

    stop();

    Await.dead(pids().get(0));
    assertInstanceOf(Stopped.class, upstream.state());
    assertEquals(List.of(), timer.delays);
  }

  @Test
  void stoppingWaitsForAnAttemptThatHasNotBegun() throws IOException {
    Queue<Runnable> queue = new ArrayDeque<>();
    workers = queue::add;
    start(READY);

    CompletableFuture<Void> stopped = upstream.stop("It is over.", Duration.ZERO);

    assertFalse(stopped.isDone());
    queue.remove().run(); // the attempt
    queue.remove().run(); // its end
    Await.result(stopped);
    assertEquals(List.of(), pids());
  }

  @Test
  void stoppingInThePauseEndsTheAttempts() {
    build(missing());
    upstream.start();

    stop();
    timer.runLast();

    assertInstanceOf(Stopped.class, upstream.state());
    assertEquals(1, timer.delays.size());
  }

  @Test
  void followsAChangeOfItsTools() {
    start(GREET + list(2, "a") + CHANGED + "read d; " + list(3, "a", "new") + SERVE);

    awaitTools("a", "new");
  }

  @Test
  void readsAgainWhatChangedDuringTheFirstList() {
    start(GREET + CHANGED + list(2, "a") + "read d; " + list(3, "new") + SERVE);

    awaitTools("new");
  }

  @Test
  void readsAgainWhatChangedDuringAnyList() {
    start(
        GREET
            + list(2, "a")
            + CHANGED
            + "read d; "
            + CHANGED
            + CHANGED
            + list(3, "b")
            + "read e; "
            + list(4, "c")
            + SERVE);

    awaitTools("c");
  }

  @Test
  void readsAgainWhatChangedDuringAListThatFailed() {
    start(
        GREET
            + list(2, "a")
            + CHANGED
            + "read d; "
            + CHANGED
            + "echo '{\"id\":3,\"error\":{\"code\":-32603}}'; read e; "
            + list(4, "b")
            + SERVE);

    awaitTools("b");
  }

  @Test
  void keepsTheToolsWhenAChangedListCannotBeRead() {
    start(
        GREET
            + list(2, "a")
            + CHANGED
            + "read d; echo '{\"id\":3,\"result\":{\"tools\":5}}'; read e; touch refreshed; "
            + list(4, "b")
            + SERVE);
    await(Ready.class);
    assertEquals(List.of("a"), tools());

    upstream.refresh();

    awaitTools("b");
  }

  @Test
  void aRefreshReadsTheToolsAgain() {
    start(GREET + list(2, "a") + "read d; " + list(3, "b") + SERVE);
    await(Ready.class);

    upstream.refresh();

    awaitTools("b");
  }
}
