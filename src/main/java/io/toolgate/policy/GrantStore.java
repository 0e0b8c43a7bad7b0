package io.toolgate.policy;

import io.toolgate.database.Database;
import io.toolgate.database.Query;
import io.toolgate.database.Snapshots;
import io.toolgate.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Reads the tables that decide access, and has values of credentials encrypted that are not, or
 * under an older key.
 *
 * <p>Tables of before may hold rows without a name, because not all had keys; those grant nothing.
 */
@ApplicationScoped
class GrantStore {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Snapshots snapshots;
  private final CredentialReader reader;
  private final CredentialStore encrypted;

  @Inject
  GrantStore(Database database, Encryption encryption) {
    this(database, encryption.keys());
  }

  GrantStore(Database database, KeyRing keys) {
    this(database.snapshots(1, LIMIT), database.statements(LIMIT), keys);
  }

  GrantStore(Snapshots snapshots, Statements statements, KeyRing keys) {
    this.snapshots = snapshots;
    this.reader = new CredentialReader(keys);
    this.encrypted = new CredentialStore(statements, keys, System::nanoTime);
  }

  /** All grants as of the call or later. */
  CompletionStage<Grants> read() {
    Grants.Rows rows = new Grants.Rows();
    CredentialRows credentials = new CredentialRows();
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
                 WHERE group_name IS NOT NULL AND tenant_id IS NOT NULL AND tool_name IS NOT NULL
                   AND allowed IS NOT NULL
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
                row -> rows.adminStatus(row.getString(0), true)),
            new Query(
                """
                SELECT tenant_id, server_id, key_name, key_value FROM mcp_proxy.tenant_server_keys
                 WHERE tenant_id IS NOT NULL AND server_id IS NOT NULL
                   AND key_name IS NOT NULL AND key_value IS NOT NULL
                """,
                row ->
                    credentials.key(
                        row.getString(0), row.getString(1), row.getString(2), row.getString(3))),
            new Query(
                """
                SELECT tenant_id, server_id, endpoint_url FROM mcp_proxy.tenant_endpoint_overrides
                 WHERE tenant_id IS NOT NULL AND server_id IS NOT NULL AND endpoint_url IS NOT NULL
                """,
                row -> credentials.endpoint(row.getString(0), row.getString(1), row.getString(2))))
        // Building, and decrypting, takes a moment too long for an event loop.
        .thenApplyAsync(done -> grants(rows, credentials));
  }

  private Grants grants(Grants.Rows rows, CredentialRows credentialRows) {
    Credentials credentials = reader.read(credentialRows);
    encrypted.encrypt(credentials.outdated());
    return rows.grants(credentials);
  }
}
