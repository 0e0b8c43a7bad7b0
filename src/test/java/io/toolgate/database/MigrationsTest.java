package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private static final String[] OLD_TABLES = {
    "CREATE TABLE %s.user_group_membership (user_email varchar(255), group_name varchar(255),"
        + " created_at timestamp DEFAULT now(), PRIMARY KEY (user_email, group_name))",
    "CREATE TABLE %s.group_tenant_mapping (group_name varchar(255), tenant_id varchar(255),"
        + " created_at timestamp DEFAULT now(), PRIMARY KEY (group_name, tenant_id))",
    "CREATE TABLE %s.user_admin_status (user_email varchar(255) PRIMARY KEY, is_admin boolean)",
    "INSERT INTO %s.user_group_membership VALUES ('Ann@Example.com', 'MCP-GitHub', now())",
    "INSERT INTO %s.group_tenant_mapping VALUES ('MCP-GitHub', 'github', now())",
    "INSERT INTO %s.group_tenant_mapping VALUES ('MCP-Notion', 'notion', now())",
    "INSERT INTO %s.user_admin_status VALUES ('boss@example.com', true)"
  };

  private static EmbeddedPostgres postgres;
  private static Sql sql;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.in(DatabaseFolder.create());
    postgres.start();
    postgres.awaitReady();
    sql = new Sql(postgres.address());
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void clean() {
    sql.run(
        "SET client_min_messages = error",
        "DROP SCHEMA IF EXISTS mcp_proxy CASCADE",
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public",
        "ALTER ROLE CURRENT_USER IN DATABASE toolgate RESET search_path");
  }

  private static void migrate() {
    assertEquals(new Migrations.Outcome.Done(), new Migrations(postgres.address()).run());
  }

  private static void old(String schema) {
    for (String statement : OLD_TABLES) {
      sql.run(statement.formatted(schema));
    }
  }

  @Test
  void makesTablesAndSeedsTheTwoGroups() {
    migrate();

    assertEquals(
        List.of("MCP-Filesystem|filesystem", "MCP-GitHub|github"),
        sql.run("SELECT group_name, tenant_id FROM group_tenant_mapping ORDER BY 1"));
    assertEquals(List.of("0"), sql.run("SELECT count(*) FROM user_group_membership"));
    assertEquals(List.of("0"), sql.run("SELECT count(*) FROM user_admin_status"));
    assertEquals(
        List.of(
            "api_analytics",
            "applied_seeds",
            "flyway_schema_history",
            "group_server_endpoints",
            "group_server_keys",
            "group_server_mapping",
            "group_server_tools",
            "group_summary",
            "group_tenant_mapping",
            "group_tool_mapping",
            "tenant_endpoint_overrides",
            "tenant_server_keys",
            "tool_embeddings",
            "tool_lists",
            "user_admin_status",
            "user_group_membership",
            "user_server_access",
            "user_server_mapping",
            "user_tenant_access"),
        sql.run(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v')"
                + " AND relnamespace = 'mcp_proxy'::regnamespace ORDER BY relname"));
  }

  @Test
  void needsNoExtension() {
    migrate();

    assertEquals(List.of("plpgsql"), sql.run("SELECT extname FROM pg_extension"));
  }

  @Test
  void changesNothingTheSecondTime() {
    migrate();
    sql.run(
        "DELETE FROM group_tenant_mapping", "INSERT INTO group_tenant_mapping VALUES ('g', 's')");

    migrate();

    assertEquals(List.of("g|s"), sql.run("SELECT group_name, tenant_id FROM group_tenant_mapping"));
    assertEquals(
        List.of("\"$user\", public, mcp_proxy"), sql.run("SELECT current_setting('search_path')"));
  }

  @Test
  void takesOldTablesInPublicOver() {
    old("public");

    migrate();

    assertEquals(
        List.of("MCP-GitHub|github", "MCP-Notion|notion"),
        sql.run("SELECT group_name, tenant_id FROM mcp_proxy.group_tenant_mapping ORDER BY 1"));
    assertEquals(
        List.of("ann@example.com"),
        sql.run("SELECT user_email FROM mcp_proxy.user_group_membership"));
    assertEquals(
        List.of("boss@example.com|t"),
        sql.run("SELECT user_email, is_admin FROM mcp_proxy.user_admin_status"));
  }

  @Test
  void oldSqlStillWritesWhatWasMoved() {
    old("public");
    migrate();

    sql.run(
        "INSERT INTO public.group_tenant_mapping (group_name, tenant_id) VALUES ('g', 's')"
            + " ON CONFLICT (group_name, tenant_id) DO NOTHING",
        "UPDATE public.group_tenant_mapping SET tenant_id = 't' WHERE group_name = 'g'",
        "DELETE FROM public.group_tenant_mapping WHERE group_name = 'MCP-Notion'");

    assertEquals(
        List.of("MCP-GitHub|github", "g|t"),
        sql.run("SELECT group_name, tenant_id FROM mcp_proxy.group_tenant_mapping ORDER BY 2, 1"));
  }

  @Test
  void keepsOldTablesInTheirSchemaAndCompletesThem() {
    sql.run("CREATE SCHEMA mcp_proxy");
    old("mcp_proxy");
    sql.run(
        "CREATE TABLE mcp_proxy.user_tenant_access (user_email text, tenant_id text)",
        "INSERT INTO mcp_proxy.user_tenant_access VALUES ('ann@example.com', 'linear')",
        "CREATE VIEW mcp_proxy.group_summary AS SELECT 1 AS other");

    migrate();

    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM mcp_proxy.group_tenant_mapping"));
    assertEquals(
        List.of("ann@example.com|linear|read"),
        sql.run("SELECT * FROM mcp_proxy.user_tenant_access"));
    assertEquals(
        List.of("boss@example.com|t"),
        sql.run("SELECT user_email, updated_at IS NOT NULL FROM user_admin_status"));
    assertEquals(
        List.of("MCP-GitHub|1|1", "MCP-Notion|0|1"),
        sql.run("SELECT group_name, user_count, server_count FROM group_summary ORDER BY 1"));
  }

  @Test
  void joinsRowsOfPublicIntoAnEmptyTable() {
    old("public");
    sql.run(
        "CREATE SCHEMA mcp_proxy",
        "CREATE TABLE mcp_proxy.group_tenant_mapping (group_name text, tenant_id text)");

    migrate();

    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM mcp_proxy.group_tenant_mapping"));
    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM group_tenant_mapping"));
    assertEquals(
        List.of("2"), sql.run("SELECT count(*) FROM public.group_tenant_mapping_before_toolgate"));
  }

  @Test
  void keepsBothTablesApartWhereBothHaveRows() {
    old("public");
    sql.run(
        "CREATE SCHEMA mcp_proxy",
        "CREATE TABLE mcp_proxy.group_tenant_mapping (group_name text, tenant_id text)",
        "INSERT INTO mcp_proxy.group_tenant_mapping VALUES ('g', 's')");

    migrate();

    assertEquals(List.of("1"), sql.run("SELECT count(*) FROM mcp_proxy.group_tenant_mapping"));
    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM public.group_tenant_mapping"));
  }

  @Test
  void touchesNoTableOfOpenWebUi() {
    sql.run(
        "CREATE TABLE public.\"user\" (id text PRIMARY KEY, email text, role text)",
        "CREATE TABLE public.\"group\" (id text PRIMARY KEY, name text, user_ids json)",
        "CREATE TABLE public.user_admin_status (id text, user_email text, is_admin boolean, note text)",
        "INSERT INTO public.\"user\" VALUES ('1', 'ann@example.com', 'admin')",
        "INSERT INTO public.user_admin_status VALUES ('1', 'ann@example.com', true, 'theirs')");

    migrate();

    assertEquals(List.of("1|ann@example.com|admin"), sql.run("SELECT * FROM \"user\""));
    assertEquals(
        List.of("1|ann@example.com|t|theirs"), sql.run("SELECT * FROM public.user_admin_status"));
    assertEquals(List.of("0"), sql.run("SELECT count(*) FROM mcp_proxy.user_admin_status"));
    assertEquals(
        List.of("group", "user", "user_admin_status"),
        sql.run(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v')"
                + " AND relnamespace = 'public'::regnamespace ORDER BY relname"));
  }

  @Test
  void comparesEmailsWithoutCase() {
    migrate();
    sql.run(
        "INSERT INTO user_group_membership (user_email, group_name) VALUES ('Ann@Example.COM', 'MCP-GitHub')",
        "INSERT INTO user_tenant_access (user_email, tenant_id) VALUES ('ann@example.com', 'github')");

    assertEquals(
        List.of("ann@example.com|github"),
        sql.run("SELECT user_email, server_id FROM user_server_access"));
    assertTrue(
        assertThrows(
                AssertionError.class,
                () ->
                    sql.run(
                        "INSERT INTO user_group_membership VALUES ('ANN@example.com', 'MCP-GitHub')"))
            .getMessage()
            .contains("duplicate key"));
  }

  @Test
  void rowsThatNameTheSameUserBecomeOne() {
    old("public");
    sql.run(
        "INSERT INTO public.user_group_membership VALUES ('ann@example.com', 'MCP-GitHub'), (' ANN@example.com', 'MCP-GitHub'),"
            + " ('Ann@Example.com ', 'other'), ('Bob@example.com', 'other')",
        "INSERT INTO public.user_admin_status VALUES ('Boss@Example.com', false), ('no@example.com', NULL), ('No@example.com', false)");

    migrate();

    assertEquals(
        List.of("ann@example.com|MCP-GitHub", "ann@example.com|other", "bob@example.com|other"),
        sql.run(
            "SELECT user_email, group_name FROM mcp_proxy.user_group_membership ORDER BY 1, 2"));
    assertEquals(
        List.of("boss@example.com|t", "no@example.com|f"),
        sql.run(
            "SELECT user_email, coalesce(is_admin, false) FROM mcp_proxy.user_admin_status ORDER BY 1"));
  }

  @Test
  void tablesWithoutAKeyTakeOneRowPerUserFromNowOn() {
    sql.run(
        "CREATE SCHEMA mcp_proxy",
        "CREATE TABLE mcp_proxy.user_group_membership (user_email text, group_name text)",
        "CREATE TABLE mcp_proxy.user_admin_status (user_email text, is_admin boolean)",
        "CREATE TABLE mcp_proxy.user_tenant_access (user_email text, tenant_id text)",
        "INSERT INTO mcp_proxy.user_tenant_access VALUES ('Ann@x', 's'), ('ann@x', 's'), ('ann@x', 't'), (NULL, 's'), (NULL, 's')",
        "INSERT INTO mcp_proxy.user_admin_status VALUES ('Ann@x', false), ('ann@x', true)");

    migrate();
    sql.run(
        "INSERT INTO user_tenant_access VALUES ('ANN@x', 's') ON CONFLICT (user_email, tenant_id) DO NOTHING",
        "INSERT INTO user_group_membership VALUES ('ANN@x', 'g'), ('ann@x ', 'g') ON CONFLICT (user_email, group_name) DO NOTHING",
        "INSERT INTO user_admin_status VALUES ('ANN@x', true)"
            + " ON CONFLICT (user_email) DO UPDATE SET is_admin = excluded.is_admin");

    assertEquals(
        List.of("ann@x|s", "ann@x|t", "null|s", "null|s"),
        sql.run("SELECT user_email, tenant_id FROM user_tenant_access ORDER BY 1, 2"));
    assertEquals(
        List.of("ann@x|g"), sql.run("SELECT user_email, group_name FROM user_group_membership"));
    assertEquals(List.of("ann@x|t"), sql.run("SELECT user_email, is_admin FROM user_admin_status"));
  }

  @Test
  void whatIsWrittenThroughTheViewsInPublicIsSpeltAlike() {
    old("public");
    migrate();

    sql.run(
        "INSERT INTO public.user_group_membership (user_email, group_name) VALUES ('ANN@example.com', 'MCP-GitHub')"
            + " ON CONFLICT (user_email, group_name) DO NOTHING",
        "INSERT INTO public.user_group_membership (user_email, group_name) VALUES (' Bob@Example.com', 'MCP-GitHub')",
        "UPDATE public.user_admin_status SET user_email = 'Chief@Example.com'");

    assertEquals(
        List.of("ann@example.com", "bob@example.com"),
        sql.run("SELECT user_email FROM public.user_group_membership ORDER BY 1"));
    assertEquals(List.of("chief@example.com"), sql.run("SELECT user_email FROM user_admin_status"));
  }

  /** As of a Toolgate that let two spellings stand side by side. */
  @Test
  void aDatabaseOfAnEarlierToolgateIsBroughtUpToDate() {
    migrate();
    sql.run(
        "DROP FUNCTION mcp_proxy.forget_user, mcp_proxy.normal_email",
        "DROP FUNCTION mcp_proxy.write_normal_email CASCADE",
        "DROP VIEW mcp_proxy.group_server_mapping, mcp_proxy.group_server_tools, mcp_proxy.user_server_mapping,"
            + " mcp_proxy.group_server_keys, mcp_proxy.group_server_endpoints",
        "DELETE FROM mcp_proxy.flyway_schema_history WHERE version::int > 5",
        "CREATE INDEX user_group_membership_user ON mcp_proxy.user_group_membership (lower(user_email COLLATE \"C\"), group_name)",
        "INSERT INTO user_group_membership VALUES ('Ann@Example.org', 'g'), ('ann@example.org', 'g')");

    migrate();

    assertEquals(
        List.of("1"),
        sql.run(
            "DELETE FROM user_group_membership WHERE user_email = 'ann@example.org'", "SELECT 1"));
    assertEquals(List.of("0"), sql.run("SELECT count(*) FROM user_group_membership"));
  }

  @Test
  void putsItsSchemaBehindASearchPathThatIsThere() {
    sql.run("ALTER ROLE CURRENT_USER IN DATABASE toolgate SET search_path = public, other");

    migrate();

    assertEquals(
        List.of("public, other, mcp_proxy"), sql.run("SELECT current_setting('search_path')"));
    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM group_tenant_mapping"));
  }

  @Test
  void saysThatADatabaseIsLate() {
    DatabaseAddress nobody =
        new DatabaseAddress("127.0.0.1", 1, "toolgate", "toolgate", "", Map.of());

    assertInstanceOf(Migrations.Outcome.Late.class, new Migrations(nobody).run());
  }

  @Test
  void saysWhatIsRefused() {
    DatabaseAddress stranger =
        new DatabaseAddress(
            "127.0.0.1", postgres.address().port(), "toolgate", "toolgate", "wrong", Map.of());

    assertEquals(
        new Migrations.Outcome.Refused(
            "FATAL: password authentication failed for user \"toolgate\""),
        new Migrations(stranger).run());
  }

  @Test
  void widensACredentialsColumnThatIsTooShortForAnEncryptedValue() {
    sql.run(
        "CREATE SCHEMA mcp_proxy",
        "CREATE TABLE mcp_proxy.tenant_server_keys (tenant_id varchar(255), server_id varchar(255),"
            + " key_name varchar(255), key_value varchar(255), PRIMARY KEY (tenant_id, server_id, key_name))",
        "INSERT INTO mcp_proxy.tenant_server_keys VALUES ('g', 's', 'k', 'v')");

    migrate();

    sql.run("UPDATE mcp_proxy.tenant_server_keys SET key_value = repeat('x', 10000)");
    assertEquals(
        List.of("10000"), sql.run("SELECT length(key_value) FROM mcp_proxy.tenant_server_keys"));
  }

  @Test
  void leavesACredentialsColumnThatAViewHolds() {
    sql.run(
        "CREATE SCHEMA mcp_proxy",
        "CREATE TABLE mcp_proxy.tenant_server_keys (tenant_id varchar(255), server_id varchar(255),"
            + " key_name varchar(255), key_value varchar(255))",
        "CREATE VIEW public.keys AS SELECT key_value FROM mcp_proxy.tenant_server_keys");

    migrate();

    assertEquals(
        List.of("character varying(255)"),
        sql.run(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = 'public.keys'::regclass AND attname = 'key_value'"));
  }
}
