package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import io.toolgate.tenant.GroupCredentials;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantStoreTest {
  private static final String EMPTY =
      "TRUNCATE user_group_membership, group_tenant_mapping, group_tool_mapping, user_tenant_access,"
          + " user_admin_status";
  private static StartedDatabase started;
  private static Sql sql;
  private static GrantStore store;

  @BeforeAll
  static void start() throws Exception {
    started = StartedDatabase.embedded();
    sql = started.sql();
    store = new GrantStore(started.database(), KeyRing.EMPTY);
  }

  @AfterAll
  static void stop() {
    started.close();
  }

  @BeforeEach
  void empty() {
    sql.run(EMPTY);
  }

  private static Grants read() {
    return store.read().toCompletableFuture().join();
  }

  @Test
  void readsEachTable() {
    sql.run(
        "INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev'), ('ann@example.com', 'ops')",
        "INSERT INTO group_tenant_mapping VALUES ('dev', 'files'), ('idle', 'mail')",
        "INSERT INTO group_tool_mapping VALUES ('dev', 'files', 'w*', false)",
        "INSERT INTO user_tenant_access VALUES ('bob@example.com', 'mail', 'none')",
        "INSERT INTO user_admin_status VALUES ('cat@example.com', true), ('ann@example.com', false)");

    Grants grants = read();

    assertEquals(Set.of("group dev", "group ops", "files/read"), Described.ann(grants));
    assertEquals(Set.of("mail"), grants.member("bob@example.com").servers());
    assertTrue(grants.member("cat@example.com").admin());
    assertEquals(3, grants.groups());
    assertTrue(grants.group("idle").isPresent());
    assertEquals(Optional.empty(), grants.group("other"));
  }

  @Test
  void theCaseOfAnAddressDoesNotCount() {
    sql.run(
        "INSERT INTO user_group_membership VALUES ('Ann@Example.COM', 'dev')",
        "INSERT INTO group_tenant_mapping VALUES ('dev', 'files')",
        "INSERT INTO user_tenant_access VALUES ('ANN@example.com', 'mail')",
        "INSERT INTO user_admin_status VALUES ('ann@EXAMPLE.com', true)");

    assertEquals(
        Set.of("group dev", "files/read", "files/write", "mail/read", "mail/write", "admin"),
        Described.ann(read()));
  }

  @Test
  void onlyAsciiLettersLoseTheirCase() {
    sql.run("INSERT INTO user_admin_status VALUES ('ÄNN@example.com', true)");

    assertTrue(read().member("Änn@example.com").admin());
  }

  @Test
  void seesEachTransactionWholeOrNotAtAll() {
    sql.run("INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev')");
    CompletableFuture<Void> moving =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 20; i++) {
                sql.run(
                    "BEGIN; DELETE FROM user_group_membership;"
                        + " INSERT INTO user_admin_status VALUES ('ann@example.com', true); COMMIT");
                sql.run(
                    "BEGIN; DELETE FROM user_admin_status;"
                        + " INSERT INTO user_group_membership VALUES ('ann@example.com', 'dev'); COMMIT");
              }
            });

    while (!moving.isDone()) {
      Set<String> ann = Described.ann(read());
      assertTrue(ann.equals(Set.of("admin")) || ann.equals(Set.of("group dev")), ann.toString());
    }

    moving.join();
  }

  @Test
  void rowsWithoutANameGrantNothing() {
    sql.run(
        "ALTER TABLE mcp_proxy.user_tenant_access DROP CONSTRAINT user_tenant_access_pkey",
        "ALTER TABLE mcp_proxy.user_tenant_access ALTER user_email DROP NOT NULL, ALTER tenant_id DROP NOT NULL",
        "INSERT INTO user_tenant_access VALUES (NULL, 'mail'), ('ann@example.com', NULL), ('ann@example.com', 'mail')");

    assertEquals(Set.of("mail/read", "mail/write"), Described.ann(read()));
  }

  @Test
  void rowsOfCredentialsThatLackSomethingAreLeftOut() {
    sql.run(
        "ALTER TABLE mcp_proxy.tenant_server_keys DROP CONSTRAINT tenant_server_keys_pkey",
        "ALTER TABLE mcp_proxy.tenant_server_keys ALTER tenant_id DROP NOT NULL, ALTER server_id DROP NOT NULL,"
            + " ALTER key_name DROP NOT NULL, ALTER key_value DROP NOT NULL",
        "ALTER TABLE mcp_proxy.tenant_endpoint_overrides ALTER endpoint_url DROP NOT NULL",
        "INSERT INTO group_tenant_mapping VALUES ('dev', 'files'), ('dev', 'mail')",
        "INSERT INTO tenant_server_keys VALUES (NULL, 'files', 'A', '1'), ('dev', NULL, 'A', '1'),"
            + " ('dev', 'files', NULL, '1'), ('dev', 'files', 'A', NULL), ('dev', 'files', 'B', '2')",
        "INSERT INTO tenant_endpoint_overrides VALUES ('dev', 'files', NULL), ('dev', 'mail', 'http://mail/mcp')");

    Group dev = read().group("dev").orElseThrow();

    GroupCredentials files = dev.credentials().get("files").orThrow();
    assertEquals(new GroupCredentials("dev", Map.of("B", "2"), Optional.empty()), files);
    assertEquals(
        Optional.of(URI.create("http://mail/mcp")),
        dev.credentials().get("mail").orThrow().endpoint());
  }
}
