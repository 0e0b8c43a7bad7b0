package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The views that call a server a server and a group a group. */
@Timeout(120)
class ViewsTest {
  private static final String VIEWS =
      """
      group_server_mapping   | group_name, server_name                      | 'g', 's'                | group_tenant_mapping      | group_name, tenant_id
      group_server_tools     | group_name, server_name, tool_name, allowed  | 'g', 's', 't', 'true'   | group_tool_mapping        | group_name, tenant_id, tool_name, allowed
      user_server_mapping    | user_email, server_name                      | 'a@b', 's'              | user_tenant_access        | user_email, tenant_id
      group_server_keys      | group_name, server_name, key_name, key_value | 'g', 's', 'k', 'v'      | tenant_server_keys        | tenant_id, server_id, key_name, key_value
      group_server_endpoints | group_name, server_name, endpoint_url        | 'g', 's', 'http://e'    | tenant_endpoint_overrides | tenant_id, server_id, endpoint_url
      """;

  private static EmbeddedPostgres postgres;
  private static Sql sql;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    sql = new Sql(postgres.address());
    assertEquals(new Migrations.Outcome.Done(), new Migrations(postgres.address()).run());
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = VIEWS)
  void areWrittenAndReadLikeTheTables(
      String view, String columns, String values, String table, String tableColumns) {
    String insert =
        "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING".formatted(view, columns, values);
    String inTable = "SELECT concat_ws(', ', %s) FROM mcp_proxy.%s".formatted(tableColumns, table);
    String inView = "SELECT concat_ws(', ', %s) FROM mcp_proxy.%s".formatted(columns, view);

    sql.run("TRUNCATE " + table, insert, insert);

    String written = values.replace("'", "").replace("true", "t");
    assertEquals(List.of(written), sql.run(inTable));
    assertEquals(List.of(written), sql.run(inView));

    sql.run("UPDATE " + view + " SET server_name = 'other'");
    assertEquals(List.of(written.replace(" s", " other")), sql.run(inTable));

    sql.run("DELETE FROM " + view + " WHERE server_name = 'other'");
    assertEquals(List.of(), sql.run(inTable));
  }

  @Test
  void haveTheDefaultsOfTheTables() {
    sql.run(
        "INSERT INTO group_server_tools (group_name, server_name, tool_name) VALUES ('defaults', 's', 't')",
        "INSERT INTO user_server_mapping (user_email, server_name) VALUES (' Ann@B', 'defaults')");

    assertEquals(
        List.of("t"),
        sql.run("SELECT allowed FROM group_tool_mapping WHERE group_name = 'defaults'"));
    assertEquals(
        List.of("ann@b|read"),
        sql.run(
            "SELECT user_email, access_level FROM user_tenant_access WHERE tenant_id = 'defaults'"));
  }

  @Test
  void aCredentialIsReplacedThroughItsView() {
    String insert =
        "INSERT INTO group_server_keys (group_name, server_name, key_name, key_value) VALUES ('replaced', 's', 'k', '%s')"
            + " ON CONFLICT (group_name, server_name, key_name) DO UPDATE SET key_value = excluded.key_value";

    sql.run(insert.formatted("old"), insert.formatted("new"));

    assertEquals(
        List.of("new"),
        sql.run("SELECT key_value FROM tenant_server_keys WHERE tenant_id = 'replaced'"));
  }
}
