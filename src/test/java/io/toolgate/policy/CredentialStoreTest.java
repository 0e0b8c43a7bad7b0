package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time passes when the test says so. */
class CredentialStoreTest {
  private static final KeyRing KEYS = TestKeys.ring(2, 1);
  private static StartedDatabase started;
  private static Sql sql;

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final CredentialStore store =
      new CredentialStore(started.database().statements(Duration.ofSeconds(20)), KEYS, clock::get);

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
  void empty() {
    sql.run("TRUNCATE tenant_server_keys");
  }

  private static CredentialRow row(String stored) {
    sql.run(
        "INSERT INTO tenant_server_keys VALUES ('dev', 'github', 'TOKEN', '%s')"
                .formatted(stored.replace("'", "''"))
            + " ON CONFLICT (tenant_id, server_id, key_name) DO UPDATE SET key_value = excluded.key_value");
    return new CredentialRow("dev", "github", "TOKEN", stored);
  }

  private static CredentialRow underTheOlderKey() {
    return row(TestKeys.ring(1).encrypt(new CredentialRow("dev", "github", "TOKEN", ""), "value"));
  }

  private static String stored() {
    return sql.run("SELECT key_value FROM tenant_server_keys").get(0);
  }

  private void encrypt(CredentialRow... rows) {
    store.encrypt(List.of(rows)).toCompletableFuture().join();
  }

  private static void assertEncrypted(String value) {
    assertEquals(
        new OpenedValue.Readable(value, OpenedValue.Form.ENCRYPTED),
        KEYS.open(new CredentialRow("dev", "github", "TOKEN", stored())));
  }

  @Test
  void replacesAClearValueAndOneUnderAnOlderKey() {
    encrypt(row("va'l\"ue"));
    assertEncrypted("va'l\"ue");

    encrypt(underTheOlderKey());

    assertEncrypted("value");
  }

  @Test
  void aValueThatWasChangedMeanwhileStays() {
    CredentialRow before = row("before");
    row("after");

    encrypt(before);

    assertEquals("after", stored());
  }

  @Test
  void doesNotWaitForARowThatSomebodyElseWrites() throws Exception {
    CredentialRow row = row("value");

    try (CapturedLog log = new CapturedLog()) {
      sql.during(
          "UPDATE tenant_server_keys SET key_value = 'theirs'",
          () -> {
            encrypt(row);

            assertEquals("value", stored());
            assertEquals(List.of(), log.with("cannot be encrypted"));
          });
    }
  }

  @Test
  void comesToRestWhereTwoToolgatesHaveTheKeysInAnotherOrder() {
    encrypt(underTheOlderKey());
    assertEncrypted("value");

    CredentialRow again = underTheOlderKey();
    encrypt(again);
    assertEquals(again.stored(), stored());
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    encrypt(again);

    assertEncrypted("value");
  }

  @Test
  void eachNewClearValueIsEncryptedAtOnceButNoneAgainAndAgain() {
    CredentialRow first = row("first");
    encrypt(first);
    assertEncrypted("first");
    encrypt(row("second"));
    assertEncrypted("second");

    row("first");
    encrypt(first);
    assertEquals("first", stored());
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    encrypt(first);

    assertEncrypted("first");
  }

  @Test
  void aFailureIsLoggedOnceWithoutTheValueAndTriedAgain() {
    CredentialRow row = row("the-secret");
    try (CapturedLog log = new CapturedLog()) {
      sql.run("ALTER TABLE mcp_proxy.tenant_server_keys ADD CHECK (length(key_value) < 20)");
      for (int i = 0; i < 3; i++) {
        encrypt(row);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
      }
      assertEquals(1, log.with("cannot be encrypted").size());
      assertEquals(List.of(), log.with("the-secret"));
    } finally {
      sql.run(
          "ALTER TABLE mcp_proxy.tenant_server_keys DROP CONSTRAINT tenant_server_keys_key_value_check");
    }

    encrypt(row);

    assertEncrypted("the-secret");
  }

  @Test
  void aRowThatCannotBeReadIsLeft() {
    CredentialRow broken = row("tgenc:1:00000000:AAAA");

    encrypt(broken);

    assertEquals(broken.stored(), stored());
    assertInstanceOf(OpenedValue.Unreadable.class, KEYS.open(broken));
    assertTrue(KEYS.isEncrypted(broken));
  }
}
