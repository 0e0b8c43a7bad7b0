package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.DatabaseAddress;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserStoreTest {
  private static StartedDatabase started;
  private static Sql sql;
  private static UserStore store;

  @BeforeAll
  static void start() throws Exception {
    started = StartedDatabase.embedded();
    sql = started.sql();
    store = new UserStore(started.database());
  }

  @AfterAll
  static void stop() {
    started.close();
  }

  @BeforeEach
  void openWebUisTable() {
    sql.run(
        "DROP TABLE IF EXISTS public.\"user\"",
        "CREATE TABLE public.\"user\" (id varchar PRIMARY KEY, name varchar, email varchar, role varchar,"
            + " profile_image_url text, api_key varchar UNIQUE, settings json, last_active_at bigint)",
        "INSERT INTO public.\"user\" (id, email, role) VALUES ('1', 'Ann@example.com', 'user'),"
            + " ('2', 'boss@example.com', 'admin'), ('3', 'new@example.com', 'pending'),"
            + " ('4', 'half@example.com', NULL), ('5', NULL, 'user')");
  }

  private static Optional<DirectoryUser> find(UserDirectory directory, String id) {
    return directory.find(id).toCompletableFuture().join();
  }

  private static Optional<DirectoryUser> find(String id) {
    return find(store, id);
  }

  private static Problem problem(UserDirectory directory) {
    CompletionException failure =
        assertThrows(CompletionException.class, () -> find(directory, "1"));
    return assertInstanceOf(ProblemException.class, failure.getCause()).problem();
  }

  @Test
  void findsUsersByTheirId() {
    assertEquals(Optional.of(new DirectoryUser("Ann@example.com", "user")), find("1"));
    assertEquals(Optional.of(new DirectoryUser("boss@example.com", "admin")), find("2"));
    assertEquals(Optional.of(new DirectoryUser("new@example.com", "pending")), find("3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9", "1 ", "' OR '1' = '1", "Ann@example.com"})
  void findsNobodyOfAnotherId(String id) {
    assertEquals(Optional.empty(), find(id));
  }

  @Test
  void whoHasNoRoleWaitsForApproval() {
    assertEquals(Optional.of(new DirectoryUser("half@example.com", "pending")), find("4"));
  }

  @Test
  void whoHasNoAddressIsNobody() {
    assertEquals(Optional.empty(), find("5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE public.\"user\"",
        "ALTER TABLE public.\"user\" DROP role",
        "ALTER TABLE public.\"user\" DROP email",
        "ALTER TABLE public.\"user\" RENAME id TO key"
      })
  void withoutTheTableOrAColumnThereIsNobody(String change) {
    sql.run(change);

    assertEquals(Optional.empty(), find("1"));
  }

  @Test
  void aTableInAnotherSchemaIsNotOpenWebUis() {
    sql.run("ALTER TABLE public.\"user\" SET SCHEMA mcp_proxy");

    assertEquals(Optional.empty(), find("1"));
    sql.run("DROP TABLE mcp_proxy.\"user\"");
  }

  @Test
  void aLockedTableLeavesAccessUnknown() throws Exception {
    UserStore hasty = new UserStore(started.database().snapshots(1, Duration.ofSeconds(3)));

    sql.during(
        "LOCK TABLE public.\"user\"", () -> assertEquals(Problem.ACCESS_UNKNOWN, problem(hasty)));

    assertTrue(find(hasty, "1").isPresent());
  }

  @Test
  void anAbsentDatabaseLeavesAccessUnknown() {
    DatabaseAddress nowhere = new DatabaseAddress("127.0.0.1", 1, "x", "x", "x", Map.of());
    try (StartedDatabase absent = StartedDatabase.at(nowhere)) {
      assertEquals(Problem.ACCESS_UNKNOWN, problem(new UserStore(absent.database())));
    }
  }

  @Test
  void decidesWhoTheBearerOfASessionTokenIs() {
    Configured sessions = Configured.sessions().asking(store);

    Caller.User boss = sessions.user(session("2"));
    String refusal = sessions.refusal(session("3"));

    assertEquals("boss@example.com", boss.email());
    assertTrue(boss.admin());
    assertTrue(refusal.contains("approval"), refusal);
  }

  private static Sent session(String id) {
    return Sent.bearer(Minted.session(id).sign(Configured.SESSION_SECRET));
  }
}
