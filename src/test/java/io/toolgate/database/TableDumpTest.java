package io.toolgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableDumpTest {
  private static final List<String> TABLES =
      List.of(
          "user_group_membership",
          "group_tenant_mapping",
          "tenant_server_keys",
          "tool_embeddings",
          "api_analytics",
          "child",
          "odd \"table\"");

  private StartedDatabase database;

  @BeforeEach
  void start() throws Exception {
    database = StartedDatabase.embedded();
    database
        .sql()
        .run(
            "CREATE TABLE mcp_proxy.a_parent (id int PRIMARY KEY)",
            "CREATE TABLE mcp_proxy.child (id int REFERENCES mcp_proxy.a_parent)",
            "CREATE TABLE mcp_proxy.\"odd \"\"table\"\"\" (\"a b\" int GENERATED ALWAYS AS IDENTITY, c bytea, g int GENERATED ALWAYS AS (1) STORED, i interval, j json)",
            "INSERT INTO mcp_proxy.a_parent VALUES (1)",
            "INSERT INTO mcp_proxy.child VALUES (1), (NULL)",
            "INSERT INTO mcp_proxy.\"odd \"\"table\"\"\" (c, i, j) VALUES ('\\x00ff', '1 day 2 hours', '{\"a\": \"\\u0041\"}')",
            "INSERT INTO user_group_membership VALUES ('ann@example.org', E'It''s; a \\\\ $$ group\\nGröße 😀 ?')",
            "INSERT INTO tenant_server_keys (tenant_id, server_id, key_name, key_value) VALUES ('d', 's', 'K', '')",
            "INSERT INTO tool_embeddings (tool_name, server_id, embedding) VALUES ('t', 's', '{0.1,NULL,1e-30}')",
            "INSERT INTO api_analytics (method, response_time_ms) VALUES ('GET', 0.1), (NULL, 'NaN')");
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private static String dump(StartedDatabase from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        TableDump.write(
            from.database().address(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err));
    assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String restore(StartedDatabase to, String dump, int code) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    assertEquals(
        code,
        new SqlScript("dump.sql", dump).run(to.database().address(), out, told),
        err::toString);
    return err.toString(StandardCharsets.UTF_8);
  }

  private static List<String> rows(StartedDatabase in) {
    return TABLES.stream()
        .flatMap(
            table ->
                in
                    .sql()
                    .run(
                        "SELECT t::text FROM mcp_proxy.\""
                            + table.replace("\"", "\"\"")
                            + "\" t ORDER BY 1")
                    .stream())
        .toList();
  }

  @Test
  void whatIsPutBackIsWhatWasDumped() {
    List<String> before = rows(database);
    String dump = dump(database);
    database
        .sql()
        .run(
            "DELETE FROM user_group_membership",
            "UPDATE tenant_server_keys SET key_value = 'other'",
            "INSERT INTO group_tenant_mapping VALUES ('late', 'late')",
            "DELETE FROM mcp_proxy.child",
            "INSERT INTO mcp_proxy.a_parent VALUES (7)",
            "INSERT INTO mcp_proxy.child VALUES (7)");

    restore(database, dump, 0);

    assertEquals(before, rows(database));
    assertEquals(dump.lines().skip(1).toList(), dump(database).lines().skip(1).toList());
    assertEquals(
        List.of("3"),
        database.sql().run("INSERT INTO api_analytics (method) VALUES ('x') RETURNING id"));
  }

  @Test
  void aDumpThatWasCutShortChangesNothing() {
    String dump = dump(database);
    List<String> before = rows(database);
    assertTrue(dump.endsWith("COMMIT;\n"), dump);

    restore(database, dump.replace("COMMIT;\n", ""), 1);

    assertEquals(before, rows(database));
  }

  @Test
  void aDumpOfNewerTablesIsRefusedInWords() {
    String dump = dump(database).replace("{V1__access.sql", "{V99__later.sql,V1__access.sql");

    String why = restore(database, dump, 1);

    assertTrue(why.contains("older than those of the dump"), why);
    assertFalse(rows(database).isEmpty());
  }

  @Test
  void aDatabaseWithoutTablesIsToldWhatToDo() {
    String dump = dump(database);
    database.sql().run("DROP SCHEMA mcp_proxy CASCADE");

    String why = restore(database, dump, 1);

    assertTrue(why.contains("Start Toolgate with it once"), why);
  }
}
