package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.database.StartedDatabase;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** 100,000 users in three groups each, 1,000 groups, 200 servers. */
class ManyGrantsTest {
  private static final int USERS = 100_000;
  private static final int GROUPS = 1_000;
  private static final long MEGABYTE = 1 << 20;

  private static void fill(StartedDatabase started) {
    started
        .sql()
        .run(
            "TRUNCATE group_tenant_mapping",
            "INSERT INTO user_group_membership SELECT 'Some.User.' || u || '@example.com', 'MCP-Group-' || g"
                + " FROM generate_series(0, 99999) u,"
                + " LATERAL (SELECT DISTINCT (u * 31 + k * (u % 313 + 7)) % 1000 AS g FROM generate_series(1, 3) k) AS own",
            "INSERT INTO group_tenant_mapping SELECT 'MCP-Group-' || g, 'server-' || (g * 7 + k * 13) % 200"
                + " FROM generate_series(0, 999) g, generate_series(1, 10) k",
            "ANALYZE");
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void areReadWholeAndAreSmall() throws Exception {
    try (StartedDatabase started = StartedDatabase.embedded()) {
      fill(started);
      GrantStore store =
          new GrantStore(
              started.database().snapshots(1, Await.LIMIT),
              started.database().statements(Await.LIMIT),
              KeyRing.EMPTY);
      long before = used();

      Grants grants = Await.result(store.read());

      long size = used() - before;
      assertEquals(USERS, grants.users());
      assertEquals(GROUPS, grants.groups());
      assertEquals(3, Set.copyOf(grants.member("some.user.4711@example.com").groups()).size());
      assertTrue(size < 100 * MEGABYTE, size + " bytes");
    }
  }
}
