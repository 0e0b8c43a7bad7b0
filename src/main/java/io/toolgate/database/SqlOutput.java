package io.toolgate.database;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Results of statements as people read them: rows as an aligned table, and how many rows were
 * changed. Statements of one kind in a row are counted together.
 */
final class SqlOutput {
  private static final Set<Integer> NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

  private final PrintStream out;
  private String verb = "";
  private long changed;

  SqlOutput(PrintStream out) {
    this.out = out;
  }

  /**
   * @param rows whether the first result has some
   */
  void results(SqlStatement statement, Statement done, boolean rows) throws SQLException {
    boolean more = rows;
    while (more || done.getUpdateCount() >= 0) {
      if (more) {
        flush();
        table(done.getResultSet());
      } else {
        count(statement.verb(), done.getUpdateCount());
      }
      more = done.getMoreResults();
    }
  }

  private void count(String next, int rows) {
    if (!next.equals(verb)) {
      flush();
    }
    verb = next;
    changed += rows;
  }

  /** Prints what is still being counted. */
  void flush() {
    if (Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "WITH").contains(verb)) {
      out.println(verb + " " + changed);
    } else if (!verb.isEmpty()) {
      out.println(verb);
    }
    verb = "";
    changed = 0;
  }

  private void table(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    int count = columns.getColumnCount();
    List<String[]> rows = new ArrayList<>();
    int[] width = new int[count];
    String[] heading = new String[count];
    for (int i = 0; i < count; i++) {
      heading[i] = plain(columns.getColumnLabel(i + 1));
      width[i] = length(heading[i]);
    }
    while (result.next()) {
      String[] row = new String[count];
      for (int i = 0; i < count; i++) {
        row[i] = plain(result.getString(i + 1));
        width[i] = Math.max(width[i], length(row[i]));
      }
      rows.add(row);
    }
    boolean[] right = new boolean[count];
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < count; i++) {
      right[i] = NUMBERS.contains(columns.getColumnType(i + 1));
      rule.append(i == 0 ? "" : "+").append("-".repeat(width[i] + 2));
    }
    line(heading, width, new boolean[count]);
    out.println(rule);
    rows.forEach(row -> line(row, width, right));
    out.println("(" + rows.size() + (rows.size() == 1 ? " row)" : " rows)"));
  }

  private void line(String[] cells, int[] width, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String blanks = " ".repeat(width[i] - length(cells[i]));
      line.append(i == 0 ? " " : " | ").append(right[i] ? blanks + cells[i] : cells[i] + blanks);
    }
    out.println(line.toString().stripTrailing());
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** On one line, and nothing that a terminal obeys. */
  private static String plain(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> plain.append("\\n");
        case '\r' -> plain.append("\\r");
        case '\t' -> plain.append("\\t");
        default ->
            plain.append(Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : "" + c);
      }
    }
    return plain.toString();
  }
}
