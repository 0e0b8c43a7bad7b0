package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.StartedDatabase;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 100,000 users in three groups each, 1,000 groups, 200 servers. */
@Timeout(180)
class ManyGrantsTest {
  private static final int USERS = 100_000;
  private static final int GROUPS = 1_000;
  private static final long MEGABYTE = 1 << 20;

  /** The aim is two seconds; a machine that builds does other things too. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

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
  void areReadQuicklyAndAreSmall() throws Exception {
    try (StartedDatabase started = StartedDatabase.embedded()) {
      fill(started);
      GrantStore store = new GrantStore(started.database(), KeyRing.EMPTY);
      long before = used();
      long begun = System.nanoTime();

      Grants grants = store.read().toCompletableFuture().join();

      Duration first = Duration.ofNanos(System.nanoTime() - begun);
      long size = used() - before;
      begun = System.nanoTime();
      store.read().toCompletableFuture().join();
      Duration again = Duration.ofNanos(System.nanoTime() - begun);
      System.out.printf(
          "Grants of %d users and %d groups: read in %d ms, again in %d ms, %d MB%n",
          grants.users(), grants.groups(), first.toMillis(), again.toMillis(), size / MEGABYTE);
      assertEquals(USERS, grants.users());
      assertEquals(GROUPS, grants.groups());
      assertEquals(3, Set.copyOf(grants.member("some.user.4711@example.com").groups()).size());
      assertTrue(first.compareTo(LONGEST) < 0, first.toString());
      assertTrue(size < 100 * MEGABYTE, size + " bytes");
    }
  }
}
