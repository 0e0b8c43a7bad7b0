package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.Await;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final Duration AMPLE = Await.LIMIT;
  private static EmbeddedPostgres postgres;
  private static Vertx vertx;
  private static Sql sql;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    sql = new Sql(postgres.address());
    sql.run("CREATE TABLE public.things (name text)");
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    postgres.close();
  }

  @BeforeEach
  void twoThings() {
    sql.run("TRUNCATE public.things", "INSERT INTO public.things VALUES ('a'), ('b')");
  }

  private static Statements statements(Duration limit) {
    return new Statements(vertx, postgres::address, limit);
  }

  private static int run(CompletionStage<Integer> statement) {
    return statement.toCompletableFuture().join();
  }

  @Test
  void tellsHowManyRowsItChanged() {
    Statements statements = statements(AMPLE);

    int changed =
        run(statements.run("UPDATE public.things SET name = name || $1", List.of("'; --")));

    assertEquals(2, changed);
    assertEquals(List.of("a'; --", "b'; --"), sql.run("SELECT name FROM public.things ORDER BY 1"));
  }

  @Test
  void failsWithWhatTheServerSays() {
    Statements statements = statements(AMPLE);

    CompletionException failure =
        assertThrows(
            CompletionException.class, () -> run(statements.run("DELETE FROM nothing", List.of())));

    assertInstanceOf(DatabaseException.class, failure.getCause());
    assertEquals(2, run(statements.run("DELETE FROM public.things", List.of())));
  }

  @Test
  void endsAtTheLimitWhoeverHoldsALock() throws Exception {
    Statements statements = statements(Duration.ofMillis(300));

    sql.during(
        "LOCK TABLE public.things",
        () -> {
          CompletionException failure =
              assertThrows(
                  CompletionException.class,
                  () -> run(statements.run("DELETE FROM public.things", List.of())));

          assertInstanceOf(TimeoutException.class, failure.getCause());
        });
  }

  @Test
  void failsBeforeTheDatabaseIsStarted() {
    Statements statements = new Statements(vertx, () -> null, AMPLE);

    assertThrows(CompletionException.class, () -> run(statements.run("SELECT 1", List.of())));
  }
}
