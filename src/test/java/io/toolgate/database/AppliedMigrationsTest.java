package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppliedMigrationsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static EmbeddedPostgres postgres;
  private static Sql sql;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    sql = new Sql(postgres.address());
  }

  @AfterAll
  static void stop() {
    VERTX.close();
    postgres.close();
  }

  @BeforeEach
  void migrate() {
    sql.run("SET client_min_messages = error", "DROP SCHEMA IF EXISTS mcp_proxy CASCADE");
    sql.run("ALTER ROLE CURRENT_USER IN DATABASE toolgate RESET search_path");
    assertEquals(new Migrations.Outcome.Done(), new Migrations(postgres.address()).run());
  }

  private static boolean complete() throws InterruptedException {
    return AppliedMigrations.areComplete(VERTX, postgres.address());
  }

  @Test
  void knowsEveryScript() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("db/migration"))) {
      List<String> versioned =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("V"))
              .sorted()
              .toList();

      assertEquals(versioned, AppliedMigrations.SCRIPTS.stream().sorted().toList());
    }
  }

  @Test
  void areCompleteAfterFlyway() throws Exception {
    assertTrue(complete());
  }

  @Test
  void areNotCompleteInAnEmptyDatabase() throws Exception {
    sql.run("SET client_min_messages = error", "DROP SCHEMA mcp_proxy CASCADE");

    assertFalse(complete());
  }

  @Test
  void areNotCompleteWithoutTheLast() throws Exception {
    sql.run("DELETE FROM mcp_proxy.flyway_schema_history WHERE version = '5'");

    assertFalse(complete());
  }

  @Test
  void areNotCompleteWhenAScriptIsAnother() throws Exception {
    sql.run(
        "UPDATE mcp_proxy.flyway_schema_history SET checksum = checksum + 1 WHERE version = '2'");

    assertFalse(complete());
  }

  @Test
  void areNotCompleteWithOneOfALaterVersion() throws Exception {
    sql.run(
        "INSERT INTO mcp_proxy.flyway_schema_history (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success) VALUES (99, '4', 'later', 'SQL', 'V4__later.sql', 1, 'x', 1, true)");

    assertFalse(complete());
  }

  @Test
  void areNotCompleteAfterAFailure() throws Exception {
    sql.run("UPDATE mcp_proxy.flyway_schema_history SET success = false WHERE version = '2'");

    assertFalse(complete());
  }

  @Test
  void areNotCompleteForARoleThatDoesNotFindTheTables() throws Exception {
    sql.run("ALTER ROLE CURRENT_USER IN DATABASE toolgate RESET search_path");

    assertFalse(complete());
  }

  @Test
  void areNotCompleteWhereNobodyAnswers() throws Exception {
    DatabaseAddress nobody =
        new DatabaseAddress("127.0.0.1", 1, "toolgate", "toolgate", "", Map.of());

    assertFalse(AppliedMigrations.areComplete(VERTX, nobody));
  }
}
