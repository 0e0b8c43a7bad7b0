package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.database.DatabaseState;
import io.toolgate.database.DeafPooler;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the database does, Ann has what it last said, then nothing, and then what it says. */
class TroubledGrantsTest {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Set<String> DEV = Set.of("group dev", "files/read", "files/write");
  private static final Set<String> OPS = Set.of("group ops");

  /** A read ends with this; listeners and guests say something else. */
  private static final String END_READERS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query IN ('COMMIT', 'ROLLBACK')";

  private static StartedDatabase server;
  private static Sql sql;

  private final Set<Optional<Set<String>>> seen = ConcurrentHashMap.newKeySet();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private FollowedDatabase followed;

  @BeforeAll
  static void start() throws Exception {
    server = StartedDatabase.embedded();
    sql = server.sql();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void annIsInGroupDev() {
    sql.run(
        "TRUNCATE user_group_membership, group_tenant_mapping",
        "INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev')",
        "INSERT INTO group_tenant_mapping VALUES ('dev', 'files')");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  /** Grants that are soon too old. */
  private void followShort() {
    StartedDatabase database = StartedDatabase.at(server.database().address());
    follow(new FollowedDatabase(database, SHORT, Duration.ofSeconds(1)));
  }

  private void follow(FollowedDatabase fresh) {
    followed = fresh;
    opened.add(followed);
    followed.awaitAnn(DEV.toArray(String[]::new));
    watch();
  }

  /** Takes down all that Ann has from now on. */
  private void watch() {
    Thread watcher =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                seen.add(followed.ann());
                Thread.onSpinWait();
              }
            },
            "watcher");
    watcher.setDaemon(true);
    watcher.start();
    opened.add(0, watcher::interrupt);
    Await.until("it watches", () -> seen.contains(Optional.of(DEV)));
  }

  /** Nothing but these; what was last may have been missed. */
  private void assertSaw(List<Optional<Set<String>>> all) {
    assertTrue(all.containsAll(seen), seen.toString());
  }

  private void annIsMovedToOps() {
    sql.run("UPDATE user_group_membership SET group_name = 'ops'");
  }

  private void isUnknown() throws Exception {
    Await.until("access is unknown", () -> followed.ann().isEmpty());
  }

  @Test
  void aLockedTable() throws Exception {
    followShort();

    sql.during(
        "LOCK TABLE group_tool_mapping",
        () -> {
          annIsMovedToOps();
          isUnknown();
        });

    followed.awaitAnn("group ops");
    assertSaw(List.of(Optional.of(DEV), Optional.empty(), Optional.of(OPS)));
  }

  @Test
  void aServerAtItsConnectionLimit() throws Exception {
    followShort();
    List<Connection> guests = new ArrayList<>();

    Await.until("access is unknown", () -> isUnknownAmong(guests));
    for (Connection guest : guests) {
      guest.close();
    }

    followed.awaitAnn("group ops");
    assertSaw(List.of(Optional.of(DEV), Optional.empty(), Optional.of(OPS)));
  }

  /**
   * Takes every place there is, and that of whoever has read, and tells of a change: again and
   * again, because a place that has become free between two looks may be taken by a read.
   */
  private boolean isUnknownAmong(List<Connection> guests) throws SQLException {
    takeAll(guests);
    try (Statement statement = guests.get(0).createStatement()) {
      statement.execute(END_READERS);
      takeAll(guests);
      statement.execute("UPDATE user_group_membership SET group_name = 'ops'");
    }
    return followed.ann().isEmpty();
  }

  private static void takeAll(List<Connection> guests) {
    try {
      while (true) {
        guests.add(
            DriverManager.getConnection(
                sql.address().jdbcUrl(), sql.address().user(), sql.address().password()));
      }
    } catch (SQLException full) {
      // as wanted
    }
  }

  @Test
  void aPoolerThatDropsNotifications() throws Exception {
    try (DeafPooler pooler = new DeafPooler(server.database().address().port())) {
      StartedDatabase behind = StartedDatabase.at(pooler.before(server.database().address()));
      follow(FollowedDatabase.of(behind));
      behind.await(DatabaseState.DEAF);

      annIsMovedToOps();
      followed.awaitAnn("group ops");
      pooler.hear();
      behind.await(DatabaseState.READY);
      sql.run("DELETE FROM user_group_membership");

      followed.awaitAnn();
      assertSaw(List.of(Optional.of(DEV), Optional.of(OPS), Optional.of(Set.of())));
    }
  }

  @Test
  void aServerThatIsKilled() throws Exception {
    StartedDatabase own = StartedDatabase.embedded();
    own.sql().run("INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev')");
    own.sql().run("INSERT INTO group_tenant_mapping VALUES ('dev', 'files')");
    follow(FollowedDatabase.of(own));

    ProcessHandle process = ProcessHandle.of(own.serverProcess()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    Await.until("it is back", () -> isBack(own));
    own.sql().run("UPDATE user_group_membership SET group_name = 'ops'");

    followed.awaitAnn("group ops");
    assertSaw(List.of(Optional.of(DEV), Optional.of(OPS)));
    assertTrue(followed.current().state().known());
  }

  private static boolean isBack(StartedDatabase database) {
    try {
      return database.sql().run("SELECT 1").equals(List.of("1"));
    } catch (AssertionError away) {
      return false;
    }
  }
}
