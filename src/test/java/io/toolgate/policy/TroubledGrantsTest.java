package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.DatabaseState;
import io.toolgate.database.DeafPooler;
import io.toolgate.database.Eventually;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the database does, Ann has what it last said, then nothing, and then what it says. */
@Timeout(180)
class TroubledGrantsTest {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Set<String> DEV = Set.of("group dev", "files/read", "files/write");
  private static final Set<String> OPS = Set.of("group ops");

  /** Of the server's own database, and of the one that is followed. */
  private static final int LISTENERS = 2;

  private static final int ENOUGH_LOOKS = 30;

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

  private void follow(StartedDatabase database, Duration maxStale) throws Exception {
    followed = new FollowedDatabase(database, maxStale, Duration.ofSeconds(1));
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
  }

  /** Nothing but these; what was last may have been missed. */
  private void assertSaw(List<Optional<Set<String>>> all) {
    assertTrue(all.containsAll(seen), seen.toString());
    assertTrue(seen.contains(all.get(0)));
  }

  private void annIsMovedToOps() {
    sql.run("UPDATE user_group_membership SET group_name = 'ops'");
  }

  private void isUnknown() throws Exception {
    Eventually.holds("access is unknown", () -> followed.ann().isEmpty());
  }

  @Test
  void aLockedTable() throws Exception {
    follow(StartedDatabase.at(server.database().address()), SHORT);

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
    follow(StartedDatabase.at(server.database().address()), SHORT);
    List<Connection> guests = fill();

    guests.get(0).createStatement().execute("UPDATE user_group_membership SET group_name = 'ops'");
    isUnknown();
    for (Connection guest : guests) {
      guest.close();
    }

    followed.awaitAnn("group ops");
    assertSaw(List.of(Optional.of(DEV), Optional.empty(), Optional.of(OPS)));
  }

  /**
   * Takes every connection there is, until the store has lost its own by idling. What is free is so
   * for a while: a session that has ended is no longer listed a moment before its place is free.
   */
  private List<Connection> fill() throws Exception {
    List<Connection> guests = new ArrayList<>();
    AtomicInteger looks = new AtomicInteger();
    Eventually.holds(
        "no connection is left",
        () -> {
          int before = guests.size();
          try {
            while (true) {
              guests.add(
                  DriverManager.getConnection(
                      sql.address().jdbcUrl(), sql.address().user(), sql.address().password()));
            }
          } catch (SQLException refused) {
            boolean full =
                guests.size() == before && sessions(guests.get(0)) == guests.size() + LISTENERS;
            return (full ? looks.incrementAndGet() : looks.getAndSet(0)) >= ENOUGH_LOOKS;
          }
        });
    return guests;
  }

  private static int sessions(Connection guest) throws SQLException {
    try (Statement statement = guest.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void aPoolerThatDropsNotifications() throws Exception {
    try (DeafPooler pooler = new DeafPooler(server.database().address().port())) {
      StartedDatabase behind = StartedDatabase.at(pooler.before(server.database().address()));
      follow(behind, Duration.ofMinutes(5));
      behind.await(DatabaseState.DEAF);

      annIsMovedToOps();
      followed.awaitAnn(Duration.ofSeconds(5), "group ops");
      pooler.hear();
      behind.await(DatabaseState.READY);
      sql.run("DELETE FROM user_group_membership");

      followed.awaitAnn(Duration.ofSeconds(5));
      assertSaw(List.of(Optional.of(DEV), Optional.of(OPS), Optional.of(Set.of())));
    }
  }

  @Test
  void aServerThatIsKilled() throws Exception {
    StartedDatabase own = StartedDatabase.embedded();
    own.sql().run("INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev')");
    own.sql().run("INSERT INTO group_tenant_mapping VALUES ('dev', 'files')");
    follow(own, Duration.ofMinutes(5));

    ProcessHandle process = ProcessHandle.of(own.serverProcess()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    Eventually.holds("it is back", () -> isBack(own));
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
