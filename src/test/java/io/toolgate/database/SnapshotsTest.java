package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final Duration AMPLE = Await.LIMIT;
  private static EmbeddedPostgres postgres;
  private static Vertx vertx;
  private static Sql sql;

  private final List<String> texts = new ArrayList<>();
  private final Set<Integer> pids = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    sql = new Sql(postgres.address());
    sql.run("CREATE TABLE public.things (name text)", "INSERT INTO public.things VALUES ('first')");
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    postgres.close();
  }

  private static Snapshots snapshots(int connections, Duration limit) {
    return new Snapshots(vertx, postgres::address, connections, limit);
  }

  private Query names() {
    return new Query("SELECT name FROM public.things", row -> texts.add(row.getString(0)));
  }

  private static void done(CompletionStage<Void> read) {
    read.toCompletableFuture().join();
  }

  private static Throwable failure(CompletionStage<Void> read) {
    return assertThrows(CompletionException.class, () -> done(read)).getCause();
  }

  private static String state(CompletionStage<Void> read) {
    return assertInstanceOf(DatabaseException.class, failure(read)).getSqlState();
  }

  @Test
  void allQueriesOfOneReadSeeTheSameMoment() {
    Query writing =
        new Query("SELECT 1", row -> sql.run("INSERT INTO public.things VALUES ('second')"));

    done(snapshots(1, AMPLE).read(names(), writing, names()));

    assertEquals(List.of("first", "first"), texts);
    sql.run("DELETE FROM public.things WHERE name = 'second'");
  }

  @Test
  void parametersAreNoPartOfTheStatement() {
    done(
        snapshots(1, AMPLE)
            .read(
                new Query(
                    "SELECT $1 || $2::text",
                    List.of("'; DROP TABLE x;--", "!"),
                    row -> texts.add(row.getString(0)))));

    assertEquals(List.of("'; DROP TABLE x;--!"), texts);
  }

  @Test
  void writesNothing() {
    Query write = new Query("DELETE FROM public.things", row -> {});

    assertEquals("25006", state(snapshots(1, AMPLE).read(write)));
  }

  @Test
  void leavesAUsableConnectionAfterAFailedRead() {
    Snapshots one = snapshots(1, AMPLE);
    Query wrong = new Query("SELECT * FROM public.no_such_table", row -> {});

    String state = state(one.read(names(), wrong));
    done(one.read(names()));

    assertEquals("42P01", state);
    assertEquals(List.of("first", "first"), texts);
  }

  @Test
  void aRowThatCannotBeTakenFailsTheRead() {
    Query unwelcome =
        new Query(
            "SELECT 1",
            row -> {
              throw new IllegalStateException("no thanks");
            });

    assertTrue(failure(snapshots(1, AMPLE).read(unwelcome)).toString().contains("no thanks"));
  }

  @Test
  void aLockedTableFailsTheReadWithinTheLimitAndLaterOnesSucceed() throws Exception {
    Snapshots one = snapshots(1, Duration.ofSeconds(2));

    sql.during(
        "LOCK TABLE public.things",
        () -> {
          assertEquals("57014", state(one.read(names())));
        });
    done(one.read(names()));

    assertEquals(List.of("first"), texts);
  }

  @Test
  void aConnectionThatFallsSilentFailsTheReadAndIsGivenUp() throws Exception {
    try (DeafPooler pooler = new DeafPooler(postgres.address().port())) {
      Snapshots one =
          new Snapshots(vertx, () -> pooler.before(postgres.address()), 1, Duration.ofSeconds(4));
      done(one.read(names()));
      pooler.silence();

      assertInstanceOf(TimeoutException.class, failure(one.read(names())));

      Await.until(
          "it reads again",
          () ->
              one.read(names())
                  .handle((done, failure) -> failure == null)
                  .toCompletableFuture()
                  .join());
    }
  }

  @Test
  void failsUntilTheAddressIsKnown() {
    Snapshots early = new Snapshots(vertx, () -> null, 1, AMPLE);

    assertEquals("the database is not started yet", failure(early.read(names())).getMessage());
  }

  @Test
  void takesNoMoreConnectionsThanItMay() {
    Snapshots two = snapshots(2, AMPLE);
    List<CompletionStage<Void>> reads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      reads.add(
          two.read(
              new Query(
                  "SELECT pg_backend_pid(), pg_sleep(0.01)", row -> pids.add(row.getInteger(0)))));
    }

    reads.forEach(SnapshotsTest::done);

    assertTrue(pids.size() <= 2, pids.toString());
  }
}
