package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table that the program of before reads is taken over into the one that its scripts make. */
@Timeout(120)
class ServerEndpointsTest {
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
        "CREATE SCHEMA mcp_proxy");
  }

  private static void migrate() {
    assertEquals(new Migrations.Outcome.Done(), new Migrations(postgres.address()).run());
  }

  private static List<String> endpoints() {
    return sql.run(
        "SELECT tenant_id, server_id, endpoint_url FROM mcp_proxy.tenant_endpoint_overrides ORDER BY 1, 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public    | tenant_id varchar(255), server_id varchar(255), endpoint_url text, created_at timestamp DEFAULT now()
          mcp_proxy | tenant_id varchar(255), server_id varchar(255), endpoint_url text, created_at timestamp DEFAULT now()
          mcp_proxy | tenant_id text, server_id text, endpoint_url text
          public    | id serial PRIMARY KEY, tenant_id text, server_id text, endpoint_url varchar(500), updated_at timestamptz, note text
          mcp_proxy | endpoint_url text, server_id text, tenant_id text, is_active boolean DEFAULT true
          """)
  void rowsAreTakenOverAndOldSqlGoesOn(String schema, String columns) {
    String table = schema + ".tenant_server_endpoints";
    String insert = "INSERT INTO " + table + " (tenant_id, server_id, endpoint_url) VALUES ";
    sql.run(
        "CREATE TABLE " + table + " (" + columns + ")",
        insert + "('dev', 'github', 'https://one.example.org/mcp'), (NULL, 'x', 'https://x')");

    migrate();

    assertEquals(List.of("dev|github|https://one.example.org/mcp"), endpoints());
    sql.run(
        insert + "('dev', 'linear', 'https://two.example.org/mcp') ON CONFLICT DO NOTHING",
        "UPDATE "
            + table
            + " SET endpoint_url = 'https://new.example.org/mcp' WHERE server_id = 'github'");
    assertEquals(
        List.of("dev|github|https://new.example.org/mcp", "dev|linear|https://two.example.org/mcp"),
        endpoints());
    sql.run("DELETE FROM tenant_server_endpoints WHERE tenant_id = 'dev'");
    assertEquals(List.of(), endpoints());
    assertEquals(List.of("2"), sql.run("SELECT count(*) FROM " + table + "_before_toolgate"));
  }

  @Test
  void rowsThatWereOffStayOff() {
    sql.run(
        "CREATE TABLE mcp_proxy.tenant_server_endpoints (tenant_id text, server_id text, endpoint_url text, is_active boolean)",
        "INSERT INTO mcp_proxy.tenant_server_endpoints VALUES ('g', 'on', 'https://a', true), ('g', 'off', 'https://b', false),"
            + " ('g', 'unsaid', 'https://c', NULL)");

    migrate();

    assertEquals(List.of("g|on|https://a", "g|unsaid|https://c"), endpoints());
  }

  @Test
  void theLatestOfSeveralRowsCounts() {
    sql.run(
        "CREATE TABLE mcp_proxy.tenant_server_endpoints (tenant_id text, server_id text, endpoint_url text, created_at timestamp)",
        "INSERT INTO mcp_proxy.tenant_server_endpoints VALUES ('g', 's', 'https://new', '2026-02-01'), ('g', 's', 'https://old', '2026-01-01')");

    migrate();

    assertEquals(List.of("g|s|https://new"), endpoints());
  }

  @Test
  void anAddressInTheOtherTableIsKept() {
    sql.run(
        "CREATE TABLE mcp_proxy.tenant_endpoint_overrides (tenant_id text, server_id text, endpoint_url text)",
        "INSERT INTO mcp_proxy.tenant_endpoint_overrides VALUES ('g', 's', 'https://kept')",
        "CREATE TABLE public.tenant_server_endpoints (tenant_id text, server_id text, endpoint_url text)",
        "INSERT INTO public.tenant_server_endpoints VALUES ('g', 's', 'https://other'), ('g', 't', 'https://added')");

    migrate();

    assertEquals(List.of("g|s|https://kept", "g|t|https://added"), endpoints());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.tenant_server_endpoints (tenant text, server_id text, endpoint_url text)",
        "CREATE VIEW public.tenant_server_endpoints AS SELECT 'a' AS tenant_id, 'b' AS server_id, 'c' AS endpoint_url",
        "SELECT 1"
      })
  void anythingElseOfThatNameIsNotTouched(String other) {
    sql.run(other);

    migrate();

    assertEquals(List.of(), endpoints());
    assertEquals(
        List.of(other.startsWith("SELECT") ? "0" : "1"),
        sql.run(
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'tenant_server_endpoints%'"
                + " AND relkind IN ('r', 'v')"));
  }
}
