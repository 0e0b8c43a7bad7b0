package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.database.AccessChanged;
import io.toolgate.database.DatabaseState;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a row of a table to the credentials of a caller, and back encrypted. */
class StoredCredentialsTest {
  private static final String ANN = "ann@example.com";
  private static final String SECRET = "ghp_TheSecretOfDev";
  private static final String STORED = "SELECT key_value FROM tenant_server_keys ORDER BY 1";
  private static StartedDatabase started;
  private static Sql sql;

  @BeforeAll
  static void start() throws Exception {
    started = StartedDatabase.embedded();
    sql = started.sql();
  }

  @AfterAll
  static void stop() {
    started.close();
  }

  @BeforeEach
  void annIsInGroupDevThatHasGithub() {
    sql.run(
        "TRUNCATE user_group_membership, group_tenant_mapping, tenant_server_keys, tenant_endpoint_overrides",
        "INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev')",
        "INSERT INTO group_tenant_mapping VALUES ('dev', 'github'), ('ops', 'github')");
  }

  /** One Toolgate more over the same database. */
  private static FollowedDatabase replica(KeyRing keys) throws Exception {
    StartedDatabase own =
        StartedDatabase.at(started.database().address()).await(DatabaseState.READY);
    FollowedDatabase followed = FollowedDatabase.of(own, keys);
    followed.current().changed(new AccessChanged(Optional.empty()));
    Await.until("grants are known", () -> followed.current().state().known());
    return followed;
  }

  private static Access access(FollowedDatabase followed, String... groups) {
    CurrentGrants current = followed.current();
    return new Policy(current::get, current::state, false, new Deciding())
        .accessOf(Deciding.user(ANN, groups));
  }

  private static Optional<String> token(FollowedDatabase followed, String... groups) {
    return access(followed, groups)
        .credentials("github")
        .map(credentials -> credentials.values().get("TOKEN"));
  }

  private static void give(String group, String value) {
    sql.run(
        "INSERT INTO tenant_server_keys VALUES ('%s', 'github', 'TOKEN', '%s')"
            .formatted(group, value));
  }

  private static void awaitToken(FollowedDatabase followed, String value) throws Exception {
    Await.until(
        "the token is " + value,
        () -> !isUnusable(followed) && token(followed).equals(Optional.of(value)));
  }

  private static boolean allEncrypted(KeyRing keys) {
    String id = keys.encrypt(new CredentialRow("", "", "", ""), "").substring(0, 17);
    return sql.run(STORED).stream().allMatch(stored -> stored.startsWith(id));
  }

  private static boolean isUnusable(FollowedDatabase followed) {
    try {
      token(followed);
      return false;
    } catch (ProblemException problem) {
      assertEquals(Problem.UPSTREAM_UNAVAILABLE, problem.problem());
      return true;
    }
  }

  @Test
  void aClearValueIsUsedAndEncryptedAndLoggedNowhere() throws Exception {
    KeyRing keys = TestKeys.ring(1);
    try (CapturedLog log = new CapturedLog();
        FollowedDatabase followed = replica(keys)) {

      give("dev", SECRET);

      Await.until("it is encrypted", () -> allEncrypted(keys));
      awaitToken(followed, SECRET);
      Await.until("it is told", () -> !log.with("Encrypted 1 values").isEmpty());
      assertEquals(List.of(), log.with(SECRET));
      assertEquals(List.of(), followed.current().state().warnings());
    }
  }

  @Test
  void aClearValueThatReplacesAnEncryptedOneCountsAndIsEncryptedToo() throws Exception {
    KeyRing keys = TestKeys.ring(1);
    try (FollowedDatabase followed = replica(keys)) {
      give("dev", SECRET);
      Await.until("it is encrypted", () -> allEncrypted(keys));

      sql.run("UPDATE tenant_server_keys SET key_value = 'another'");

      awaitToken(followed, "another");
      Await.until("it is encrypted", () -> allEncrypted(keys));
    }
  }

  @Test
  void withoutAKeyAClearValueIsUsedAndStaysWithAWarning() throws Exception {
    try (CapturedLog log = new CapturedLog();
        FollowedDatabase followed = replica(KeyRing.EMPTY)) {

      give("dev", SECRET);

      awaitToken(followed, SECRET);
      assertEquals(List.of(CredentialReader.CLEAR), followed.current().state().warnings());
      give("ops", "another");
      Await.until("ops has it", () -> token(followed, "ops").isPresent());
      assertEquals(List.of("another", SECRET), sql.run(STORED));
      assertEquals(1, log.with(CredentialReader.CLEAR).size());
      assertEquals(List.of(), log.with(SECRET));
    }
  }

  @Test
  void anOlderKeyIsReplacedByTheFirst() throws Exception {
    try (FollowedDatabase followed = replica(TestKeys.ring(1))) {
      give("dev", SECRET);
      awaitToken(followed, SECRET);
      Await.until("it is encrypted", () -> allEncrypted(TestKeys.ring(1)));
    }

    try (FollowedDatabase followed = replica(TestKeys.ring(2, 1))) {
      Await.until("it is encrypted anew", () -> allEncrypted(TestKeys.ring(2)));
      awaitToken(followed, SECRET);
    }

    try (FollowedDatabase followed = replica(TestKeys.ring(2))) {
      awaitToken(followed, SECRET);
      assertEquals(List.of(), followed.current().state().warnings());
    }
    try (FollowedDatabase followed = replica(TestKeys.ring(1))) {
      assertTrue(isUnusable(followed));
    }
  }

  @Test
  void aChangedValueMakesCallsFailAndItsMendingServesThemAgain() throws Exception {
    KeyRing keys = TestKeys.ring(1);
    try (CapturedLog log = new CapturedLog();
        FollowedDatabase followed = replica(keys)) {
      give("dev", SECRET);
      Await.until("it is encrypted", () -> allEncrypted(keys));
      String before = sql.run(STORED).get(0);

      sql.run(
          "UPDATE tenant_server_keys SET key_value = overlay(key_value placing 'AAAA' from 30)");

      Await.until("it is not usable", () -> isUnusable(followed));
      String warning = followed.current().state().warnings().get(0);
      assertTrue(warning.contains("dev") && warning.contains("github"), warning);
      assertTrue(warning.contains("TOKEN"), warning);
      assertEquals(1, log.with(warning).size());
      assertEquals(List.of(), log.with(before.substring(40)));
      sql.run("UPDATE tenant_server_keys SET key_value = '" + before + "'");
      awaitToken(followed, SECRET);
      assertEquals(List.of(), followed.current().state().warnings());
    }
  }

  @Test
  void aRowCopiedToAnotherGroupGivesThatGroupNothing() throws Exception {
    KeyRing keys = TestKeys.ring(1);
    try (FollowedDatabase followed = replica(keys)) {
      give("ops", SECRET);
      Await.until("it is encrypted", () -> allEncrypted(keys));

      sql.run(
          "INSERT INTO tenant_server_keys SELECT 'dev', server_id, key_name, key_value FROM tenant_server_keys");

      Await.until("it is not usable", () -> isUnusable(followed));
      assertThrows(ProblemException.class, () -> token(followed, "ops"));
    }
  }

  @Test
  void aRevokedGrantTakesTheCredentialsAway() throws Exception {
    try (FollowedDatabase followed = replica(TestKeys.ring(1))) {
      give("dev", SECRET);
      awaitToken(followed, SECRET);
      sql.run("INSERT INTO user_tenant_access VALUES ('ann@example.com', 'github')");

      sql.run("DELETE FROM group_tenant_mapping WHERE group_name = 'dev'");

      Await.until("they are gone", () -> token(followed).isEmpty());
      assertTrue(access(followed).grants("github"));
      sql.run("DELETE FROM user_tenant_access");
    }
  }

  @Test
  void aRemovedRowAndAnAddressCountWhenTheyAreTold() throws Exception {
    try (FollowedDatabase followed = replica(TestKeys.ring(1))) {
      give("dev", SECRET);
      awaitToken(followed, SECRET);

      sql.run("TRUNCATE tenant_server_keys");
      Await.until("they are gone", () -> token(followed).isEmpty());
      sql.run(
          "INSERT INTO tenant_endpoint_overrides VALUES ('dev', 'github', 'https://mcp.example.org/')");

      Await.until(
          "there is an address",
          () ->
              access(followed)
                  .credentials("github")
                  .flatMap(credentials -> credentials.endpoint())
                  .isPresent());
      sql.run("UPDATE tenant_endpoint_overrides SET endpoint_url = 'https://a:b@mcp.example.org/'");
      Await.until("it is not usable", () -> isUnusable(followed));
    }
  }

  @Test
  void severalToolgatesEncryptManyRowsOfOneTableAtOnce() throws Exception {
    KeyRing keys = TestKeys.ring(1);
    try (FollowedDatabase one = replica(keys);
        FollowedDatabase other = replica(keys)) {

      sql.run(
          "INSERT INTO tenant_server_keys SELECT 'group-' || i, 'github', 'TOKEN', 'value-' || i"
              + " FROM generate_series(1, 3000) i",
          "INSERT INTO tenant_server_keys VALUES ('dev', 'github', 'TOKEN', '" + SECRET + "')");

      Await.until("they are encrypted", () -> allEncrypted(keys));
      awaitToken(one, SECRET);
      awaitToken(other, SECRET);
      for (String row :
          sql.run("SELECT tenant_id, key_value FROM tenant_server_keys WHERE tenant_id <> 'dev'")) {
        String[] columns = row.split("\\|");
        assertEquals(
            new OpenedValue.Readable(
                columns[0].replace("group", "value"), OpenedValue.Form.ENCRYPTED),
            keys.open(new CredentialRow(columns[0], "github", "TOKEN", columns[1])));
      }
    }
  }
}
