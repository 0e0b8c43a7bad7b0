package io.toolgate.database;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rows of Toolgate's own tables as SQL that {@link SqlScript} and {@code psql} put back.
 *
 * <p>The tables themselves are not in it: Toolgate makes them. Invariant: all rows are those of one
 * moment, and putting them back replaces all rows or none.
 */
public final class TableDump {
  private static final int FAILED = 1;
  private static final int ROWS_AT_ONCE = 500;

  /** Of a table that refers to another, the other comes first. */
  private static final String TABLES =
      """
      WITH RECURSIVE tables (id, name) AS (
        SELECT oid, relname FROM pg_class
          WHERE relnamespace = 'mcp_proxy'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
            AND relname <> 'flyway_schema_history'
      ), depths (id, depth, path) AS (
        SELECT id, 0, ARRAY[id] FROM tables
        UNION ALL
        SELECT conrelid, depth + 1, path || conrelid FROM depths
          JOIN pg_constraint ON confrelid = id AND contype = 'f' AND conrelid <> ALL (path)
      )
      SELECT format('mcp_proxy.%I', name) FROM tables JOIN depths USING (id)
        GROUP BY name ORDER BY max(depth), name
      """;

  private static final String COLUMNS =
      """
      SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
          string_agg(format('quote_nullable(%I::text)', attname), ' || '', '' || ' ORDER BY attnum),
          bool_or(attidentity <> '')
        FROM pg_attribute
        WHERE attrelid = 'TABLE'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      """;

  private static final String SEQUENCES =
      """
      SELECT pg_get_serial_sequence('TABLE', attname) FROM pg_attribute
        WHERE attrelid = 'TABLE'::regclass AND attnum > 0 AND NOT attisdropped
          AND pg_get_serial_sequence('TABLE', attname) IS NOT NULL
      """;

  private static final String HEAD =
      """
      -- The rows of Toolgate's tables, %s.
      -- They take the place of all rows that are there: ./toolgate sql FILE, or psql -v ON_ERROR_STOP=1 -f FILE.
      BEGIN;
      SET LOCAL client_encoding = 'UTF8';
      SET LOCAL standard_conforming_strings = on;
      DO $$
      BEGIN
        IF to_regclass('mcp_proxy.flyway_schema_history') IS NULL THEN
          RAISE EXCEPTION 'There are no tables of Toolgate in this database. Start Toolgate with it once; then put the dump back.';
        END IF;
        IF EXISTS (SELECT FROM unnest(%s::text[]) AS made (script)
            WHERE script NOT IN (SELECT script FROM mcp_proxy.flyway_schema_history WHERE success)) THEN
          RAISE EXCEPTION 'The tables in this database are older than those of the dump. Start the newer Toolgate with it once; then put the dump back.';
        END IF;
      END $$;
      """;

  private static final String SCRIPTS =
      """
      SELECT quote_literal(array_agg(script)::text) FROM mcp_proxy.flyway_schema_history
        WHERE success AND type NOT IN ('SCHEMA', 'BASELINE')
      """;

  private final Connection connection;
  private final PrintStream out;

  private TableDump(Connection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  /**
   * Writes it.
   *
   * @param err gets what went wrong
   * @return the exit code; with another than 0 what was written is no whole dump, and ends so that
   *     it cannot be put back
   */
  public static int write(DatabaseAddress address, PrintStream out, PrintStream err) {
    try (Connection connection = address.connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      new TableDump(connection, out).write();
      if (out.checkError()) {
        err.println("toolgate: The dump could not be written.");
        return FAILED;
      }
      return 0;
    } catch (SQLException e) {
      err.println("toolgate: The tables in " + address + " could not be dumped: " + e.getMessage());
      return FAILED;
    }
  }

  private void write() throws SQLException {
    String scripts = rows(SCRIPTS).get(0);
    for (String style :
        List.of(
            "TimeZone = 'UTC'",
            "DateStyle = ISO",
            "IntervalStyle = postgres",
            "extra_float_digits = 3")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL " + style);
      }
    }
    List<String> tables = rows(TABLES);
    line(HEAD.formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), scripts).strip());
    List<String> backwards = new ArrayList<>(tables);
    Collections.reverse(backwards);
    backwards.forEach(table -> line("DELETE FROM " + table + ";"));
    for (String table : tables) {
      insert(table);
      sequences(table);
    }
    line("COMMIT;");
  }

  private void insert(String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String columns;
      String values;
      String identity;
      try (ResultSet found = statement.executeQuery(of(COLUMNS, table))) {
        found.next();
        columns = found.getString(1);
        values = found.getString(2);
        identity = found.getBoolean(3) ? " OVERRIDING SYSTEM VALUE" : "";
      }
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows =
          statement.executeQuery("SELECT " + values + " FROM " + table + " ORDER BY 1")) {
        while (rows.next()) {
          line(
              "INSERT INTO %s (%s)%s VALUES (%s);"
                  .formatted(table, columns, identity, rows.getString(1)));
        }
      }
    }
  }

  private void sequences(String table) throws SQLException {
    for (String sequence : rows(of(SEQUENCES, table))) {
      String at = rows("SELECT format('%s, %L', last_value, is_called) FROM " + sequence).get(0);
      line(
          "DO $$ BEGIN PERFORM setval('%s', %s); END $$;"
              .formatted(sequence.replace("'", "''"), at));
    }
  }

  private static String of(String query, String table) {
    return query.replace("TABLE", table.replace("'", "''"));
  }

  private List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private void line(String text) {
    out.print(text + "\n");
  }
}
