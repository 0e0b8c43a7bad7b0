package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationsTest {
  private static final Duration BEAT = Duration.ofMillis(300);

  /** So that no connection is given up because the machine is busy. */
  private static final Duration SLOW_BEAT = Duration.ofMinutes(1);

  private static final String KILL_LISTENER =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE pid <> pg_backend_pid() AND usename = current_user";

  private static EmbeddedPostgres postgres;
  private static Vertx vertx;
  private static Sql sql;

  private final BlockingQueue<AccessChanged> heard = new LinkedBlockingQueue<>();
  private Notifications notifications;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    new Migrations(postgres.address()).run();
    sql = new Sql(postgres.address());
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    postgres.close();
  }

  @AfterEach
  void close() {
    notifications.close();
  }

  private void listen(DatabaseAddress address, Duration beat) {
    notifications = new Notifications(vertx, address.connectOptions(), heard::add, beat);
    notifications.start();
  }

  private void listening() throws Exception {
    listen(postgres.address(), SLOW_BEAT);
    Await.until("it listens", () -> notifications.state() == Notifications.State.LISTENING);
    assertEquals(
        Optional.of(new AccessChanged(Optional.empty())), Optional.ofNullable(heard.poll()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          group_tenant_mapping | INSERT INTO group_tenant_mapping VALUES ('g', 's')
          group_tenant_mapping | UPDATE group_tenant_mapping SET tenant_id = tenant_id
          group_tenant_mapping | DELETE FROM group_tenant_mapping
          group_tenant_mapping | TRUNCATE group_tenant_mapping
          user_group_membership | INSERT INTO user_group_membership VALUES ('a@b', 'g')
          user_admin_status | INSERT INTO user_admin_status VALUES ('a@b', true)
          user_tenant_access | INSERT INTO user_tenant_access VALUES ('a@b', 's')
          group_tool_mapping | INSERT INTO group_tool_mapping VALUES ('g', 's', '*', false)
          tenant_server_keys | INSERT INTO tenant_server_keys VALUES ('g', 's', 'k', 'v')
          tenant_endpoint_overrides | INSERT INTO tenant_endpoint_overrides VALUES ('g', 's', 'u')
          """)
  void hearsAChange(String table, String statement) throws Exception {
    listening();

    sql.run(statement);

    assertEquals(new AccessChanged(Optional.of(table)), Await.next(statement, heard), statement);
  }

  @Test
  void connectsAgainAndSaysThatAnythingMayHaveChanged() throws Exception {
    listening();

    sql.run(KILL_LISTENER);

    assertEquals(new AccessChanged(Optional.empty()), heard.poll(10, TimeUnit.SECONDS));
    sql.run("DELETE FROM user_admin_status");
    assertEquals(
        new AccessChanged(Optional.of("user_admin_status")), Await.next("the change", heard));
  }

  @Test
  void noticesThatNotificationsDoNotArriveAndTellsWhenTheyDoAgain() throws Exception {
    try (DeafPooler pooler = new DeafPooler(postgres.address().port())) {
      listen(pooler.before(postgres.address()), BEAT);
      Await.until("it is deaf", () -> notifications.state() == Notifications.State.DEAF);
      heard.clear();

      pooler.hear();

      Await.until("it listens", () -> notifications.state() == Notifications.State.LISTENING);
      assertEquals(
          Optional.of(new AccessChanged(Optional.empty())), Optional.ofNullable(heard.poll()));
    }
  }

  @Test
  void isNotListeningBeforeAHeartbeatWasHeard() {
    listen(new DatabaseAddress("127.0.0.1", 1, "toolgate", "toolgate", "", Map.of()), BEAT);

    assertEquals(Notifications.State.CONNECTING, notifications.state());
    assertTrue(heard.isEmpty());
  }
}
