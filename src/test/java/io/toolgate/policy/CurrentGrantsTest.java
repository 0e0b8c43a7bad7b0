package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.database.AccessChanged;
import io.toolgate.database.DatabaseState;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store answers when the test says so, and time passes when it says so. */
class CurrentGrantsTest {
  private static final Duration MAX_STALE = Duration.ofMinutes(5);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final BlockingQueue<CompletableFuture<Grants>> asked = new LinkedBlockingQueue<>();
  private volatile DatabaseState database = DatabaseState.WAITING;
  private volatile boolean storeThrows;

  private final GrantReview review = new GrantReview(new Deciding());

  private final CurrentGrants current =
      new CurrentGrants(
          this::read,
          () -> {
            ticks.incrementAndGet();
            return database;
          },
          new Deciding().maxStale(MAX_STALE),
          Duration.ofMillis(5),
          clock::get,
          review);

  @AfterEach
  void stop() {
    current.stop();
  }

  private CompletableFuture<Grants> read() {
    reads.incrementAndGet();
    if (storeThrows) {
      throw new IllegalStateException("thrown at once");
    }
    CompletableFuture<Grants> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }

  private static Grants some() {
    return new Grants.Rows().grants();
  }

  private void changed(String table) {
    current.changed(new AccessChanged(Optional.of(table)));
  }

  private void connected() {
    current.changed(new AccessChanged(Optional.empty()));
  }

  private CompletableFuture<Grants> nextRead() throws InterruptedException {
    return Await.next("grants are read", asked);
  }

  /** Answers the next read, and waits until its answer is used. */
  private void answer(Grants grants) throws Exception {
    nextRead().complete(grants);
    inUse(grants);
  }

  private void inUse(Grants grants) throws Exception {
    Await.until("the new grants are in use", () -> known() == grants);
  }

  private Grants known() {
    try {
      return current.get();
    } catch (ProblemException unknown) {
      return null;
    }
  }

  /** Until the thread has seen what is set now, and has acted upon it. */
  private void twoTicks() throws Exception {
    int now = ticks.get();
    Await.until("it looked at the database", () -> ticks.get() >= now + 3);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void assertUnknown() {
    ProblemException problem = assertThrows(ProblemException.class, current::get);
    assertEquals(Problem.ACCESS_UNKNOWN, problem.problem());
    assertTrue(problem.retryAfterSeconds().isPresent());
    assertFalse(current.state().known());
  }

  /** Read, and known to be current. */
  private Grants settled() throws Exception {
    Grants grants = some();
    connected();
    answer(grants);
    database = DatabaseState.READY;
    Grants again = some();
    answer(again);
    twoTicks();
    return again;
  }

  @Test
  void areUnknownUntilTheyWereReadOnce() throws Exception {
    assertUnknown();
    assertEquals(Optional.empty(), current.state().age());
    Grants grants = some();

    connected();
    answer(grants);

    assertSame(grants, current.get());
    assertEquals(new GrantsState(true, Optional.of(Duration.ZERO), List.of()), current.state());
  }

  @Test
  void areNotReadBeforeTheTablesAreThere() throws Exception {
    twoTicks();

    assertEquals(0, reads.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_group_membership",
        "group_tenant_mapping",
        "group_tool_mapping",
        "user_tenant_access",
        "user_admin_status",
        "tenant_server_keys",
        "tenant_endpoint_overrides"
      })
  void areReadWhenATableThatDecidesChanges(String table) throws Exception {
    settled();
    Grants next = some();

    changed(table);
    answer(next);

    assertEquals(3, reads.get());
  }

  @Test
  void areNotReadWhenAnotherTableChanges() throws Exception {
    settled();

    changed("api_analytics");
    changed("user_admin_status");
    answer(some());
    changed("user_admin_status");
    answer(some());

    assertEquals(4, reads.get());
  }

  @Test
  void changesDuringAReadAreReadOnceAfterIt() throws Exception {
    settled();
    changed("user_admin_status");
    CompletableFuture<Grants> first = nextRead();
    Grants second = some();

    changed("user_admin_status");
    changed("group_tenant_mapping");
    twoTicks();
    assertTrue(asked.isEmpty(), "two at a time");
    first.complete(some());
    answer(second);
    twoTicks();

    assertEquals(4, reads.get());
    assertSame(second, current.get());
  }

  @Test
  void areReadAfterTheDatabaseWasAway() throws Exception {
    settled();
    database = DatabaseState.DOWN;
    twoTicks();

    database = DatabaseState.READY;

    answer(some());
  }

  @Test
  void areReadAgainAndAgainWhileChangesAreNotHeardAndOnceMoreThen() throws Exception {
    settled();
    database = DatabaseState.DEAF;
    for (int i = 0; i < 5; i++) {
      answer(some());
    }
    CompletableFuture<Grants> last = nextRead();

    database = DatabaseState.READY;
    twoTicks();
    last.complete(some());
    answer(some());
    twoTicks();

    assertTrue(asked.isEmpty());
    assertEquals(9, reads.get());
  }

  @Test
  void stayCurrentWhileTheDatabaseWouldTell() throws Exception {
    Grants grants = settled();

    pass(CurrentGrants.UNTOLD.minusSeconds(2));

    inUse(grants);
    Await.until(
        "they are current",
        () -> current.state().age().orElseThrow().compareTo(Duration.ofSeconds(1)) < 0);
    assertEquals(2, reads.get());
  }

  @Test
  void areReadNowAndThenAlthoughNothingIsTold() throws Exception {
    settled();

    for (int i = 0; i < 3; i++) {
      pass(CurrentGrants.UNTOLD);
      answer(some());
    }
    twoTicks();

    assertEquals(5, reads.get());
  }

  @Test
  void growOldWhenTheyCannotBeReadAlthoughTheDatabaseIsThere() throws Exception {
    settled();
    pass(CurrentGrants.UNTOLD);

    nextRead().completeExceptionally(new IllegalStateException("no such table"));
    pass(MAX_STALE);

    assertUnknown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DOWN", "WAITING"})
  void areUsedForAWhileWithoutTheDatabaseAndThenNoMore(DatabaseState away) throws Exception {
    Grants grants = settled();
    database = away;
    twoTicks();

    pass(MAX_STALE);
    assertSame(grants, current.get());
    assertEquals(Optional.of(MAX_STALE), current.state().age());
    pass(Duration.ofNanos(1));

    assertUnknown();
  }

  @Test
  void countTheirAgeFromTheBeginningOfTheRead() throws Exception {
    connected();
    CompletableFuture<Grants> read = nextRead();
    Grants grants = some();

    pass(Duration.ofMinutes(1));
    read.complete(grants);
    inUse(grants);

    assertEquals(Optional.of(Duration.ofMinutes(1)), current.state().age());
  }

  @Test
  void growOldWhileAReadIsUnderWay() throws Exception {
    settled();
    changed("user_admin_status");
    CompletableFuture<Grants> slow = nextRead();

    pass(MAX_STALE.plusNanos(1));
    twoTicks();
    assertUnknown();
    slow.complete(some());

    assertUnknown();
    Await.until(
        "it is used as far as it goes",
        () -> current.state().age().equals(Optional.of(MAX_STALE.plusNanos(1))));
  }

  @Test
  void failedReadsAreRepeatedAndProlongNothing() throws Exception {
    settled();
    changed("user_admin_status");
    for (int i = 0; i < 4; i++) {
      nextRead().completeExceptionally(new IllegalStateException("no " + i));
      pass(MAX_STALE.dividedBy(4).plusNanos(1));
    }
    CompletableFuture<Grants> last = nextRead();
    assertUnknown();
    Grants grants = some();

    last.completeExceptionally(new IllegalStateException());
    answer(grants);

    assertSame(grants, current.get());
  }

  @Test
  void aStoreThatThrowsIsAskedAgain() throws Exception {
    storeThrows = true;
    connected();
    Await.until("it was asked", () -> reads.get() > 3);
    assertUnknown();

    storeThrows = false;

    answer(some());
  }

  @Test
  void aFailureKeepsTheGrantsOfBefore() throws Exception {
    Grants grants = settled();
    changed("user_admin_status");

    nextRead().completeExceptionally(new IllegalStateException("no"));
    nextRead();

    assertSame(grants, current.get());
  }

  @Test
  void warnOfTheSampleAdministratorByFlagOrGroup() throws Exception {
    Grants.Rows flag = new Grants.Rows();
    flag.adminStatus("Admin@Example.com", true);
    Grants.Rows group = new Grants.Rows();
    group.membership("admin@example.com", "MCP-Admin");
    Grants.Rows neither = new Grants.Rows();
    neither.adminStatus("admin@example.com", false);
    neither.membership("admin@example.com", "MCP-GitHub");
    neither.adminStatus("ann@example.com", true);

    assertTrue(warnings(flag).get(0).contains("admin@example.com"));
    assertTrue(warnings(group).get(0).contains("admin@example.com"));
    assertEquals(List.of(), warnings(neither));
  }

  @Test
  void rowsThatMeanNothingAreToldOnceAndAsLongAsTheyDo() throws Exception {
    KnownServer untold = new KnownServer(Optional.empty());
    AtomicReference<Map<String, KnownServer>> servers =
        new AtomicReference<>(Map.of("github", untold));
    Supplier<Grants> rows =
        () -> {
          Grants.Rows named = new Grants.Rows();
          named.grant("dev", "githb");
          return named.grants();
        };
    try (CapturedLog log = new CapturedLog()) {
      connected();
      answer(rows.get());
      twoTicks();
      assertEquals(List.of(), current.state().warnings(), "before it is known what there is");

      review.against(servers::get);
      Await.until("it is told", () -> current.state().warnings().size() == 1);
      connected();
      answer(rows.get());
      servers.set(Map.of("github", untold, "other", untold));
      twoTicks();

      assertTrue(current.state().warnings().get(0).contains("did you mean \"github\"?"));
      assertEquals(1, log.with("githb").size());
      servers.set(Map.of("githb", untold));
      Await.until("it is told no more", () -> current.state().warnings().isEmpty());
    }
  }

  @Test
  void manyRowsThatMeanNothingAreCounted() throws Exception {
    review.against(Map::of);
    Grants.Rows rows = new Grants.Rows();
    for (int i = 0; i < 100; i++) {
      rows.grant("dev", "server " + i);
    }

    List<String> warnings = warnings(rows);

    assertEquals(21, warnings.size());
    assertTrue(warnings.get(20).contains("80 more"), warnings.get(20));
  }

  private List<String> warnings(Grants.Rows rows) throws Exception {
    connected();
    answer(rows.grants());
    return current.state().warnings();
  }
}
