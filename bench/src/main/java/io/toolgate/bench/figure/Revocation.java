package io.toolgate.bench.figure;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import java.util.Locale;

/**
 * From the commit of a change of access until it counts, with as many users as there may be: whole
 * grants are read each time. Calls are made ten milliseconds apart.
 */
public final class Revocation implements Figure {
  private static final String USERS =
      """
      INSERT INTO user_group_membership
        SELECT DISTINCT 'user' || u || '@bench.example', 'Group-' || (u * 31 + k * (u %% 313 + 7)) %% 1000
        FROM generate_series(1, %1$d) u, generate_series(1, 3) k ON CONFLICT DO NOTHING;
      INSERT INTO group_tenant_mapping
        SELECT 'Group-' || g, 'server-' || (g * 7 + k * 13) %% 200
        FROM generate_series(0, 999) g, generate_series(1, 10) k ON CONFLICT DO NOTHING;
      """;
  private static final String REVOKE =
      "DELETE FROM group_tenant_mapping WHERE group_name = 'Bench'";
  private static final String GRANT =
      "INSERT INTO group_tenant_mapping (group_name, tenant_id) VALUES ('Bench', 'echo')";
  private static final double GOAL = 1_000;

  @Override
  public void measure(Run run) throws Exception {
    int users = run.effort().smoke() ? 1_000 : 100_000;
    try (Toolgate toolgate = Toolgate.start(run.workspace(), run.echo())) {
      toolgate.sql(USERS.formatted(users));
      change(toolgate, REVOKE, 403);
      change(toolgate, GRANT, 200);
      for (int round = 0; round < run.effort().rounds(); round++) {
        Others others = Others.sinceNow();
        double revoked = change(toolgate, REVOKE, 403);
        double granted = change(toolgate, GRANT, 200);
        run.report().sample("revocation.revoked", revoked);
        run.report().sample("revocation.granted", granted);
        run.report().sample("revocation.others", others.share());
        run.report()
            .say(String.format(Locale.ROOT, "revoked %.0f ms, granted %.0f ms", revoked, granted));
      }
      toolgate.sql("DELETE FROM user_group_membership WHERE group_name LIKE 'Group-%'");
      toolgate.sql("DELETE FROM group_tenant_mapping WHERE group_name LIKE 'Group-%'");
    }
    String among = String.format(Locale.ROOT, ", among %,d users", users);
    run.report()
        .judged(
            "from a revocation's commit to the first refused call" + among,
            "under 1 s",
            "revocation.revoked",
            "%.0f ms",
            "",
            run.report().samples("revocation.revoked").median() < GOAL);
    run.report()
        .beside("from a grant's commit to the first call" + among, "revocation.granted", "%.0f ms");
  }

  /** How long it takes until a call is answered so, in milliseconds. */
  private static double change(Toolgate toolgate, String sql, int status) throws Exception {
    Request call = toolgate.call("echo", "echo", Run.HELLO);
    toolgate.sql(sql);
    long committed = System.nanoTime();
    toolgate.await("a call gets " + status, () -> toolgate.answer(call).statusCode() == status);
    return (System.nanoTime() - committed) / 1e6;
  }
}
