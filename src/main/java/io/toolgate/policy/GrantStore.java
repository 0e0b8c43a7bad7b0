package io.toolgate.policy;

import io.toolgate.database.Database;
import io.toolgate.database.Query;
import io.toolgate.database.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Reads the tables that decide access.
 *
 * <p>Tables of before may hold rows without a name, because not all had keys; those grant nothing.
 */
@ApplicationScoped
class GrantStore {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Snapshots snapshots;

  @Inject
  GrantStore(Database database) {
    this(database.snapshots(1, LIMIT));
  }

  GrantStore(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /** All grants as of the call or later. */
  CompletionStage<Grants> read() {
    Grants.Rows rows = new Grants.Rows();
    return snapshots
        .read(
            new Query(
                """
                SELECT user_email, group_name FROM mcp_proxy.user_group_membership
                 WHERE user_email IS NOT NULL AND group_name IS NOT NULL
                """,
                row -> rows.membership(row.getString(0), row.getString(1))),
            new Query(
                """
                SELECT group_name, tenant_id FROM mcp_proxy.group_tenant_mapping
                 WHERE group_name IS NOT NULL AND tenant_id IS NOT NULL
                """,
                row -> rows.grant(row.getString(0), row.getString(1))),
            new Query(
                """
                SELECT group_name, tenant_id, tool_name, allowed FROM mcp_proxy.group_tool_mapping
                """,
                row ->
                    rows.rule(
                        row.getString(0), row.getString(1), row.getString(2), row.getBoolean(3))),
            new Query(
                """
                SELECT user_email, tenant_id FROM mcp_proxy.user_tenant_access
                 WHERE user_email IS NOT NULL AND tenant_id IS NOT NULL
                """,
                row -> rows.userGrant(row.getString(0), row.getString(1))),
            new Query(
                """
                SELECT user_email FROM mcp_proxy.user_admin_status
                 WHERE user_email IS NOT NULL AND is_admin
                """,
                row -> rows.adminStatus(row.getString(0), true)))
        // Building takes a moment too long for an event loop.
        .thenApplyAsync(done -> rows.grants());
  }
}
