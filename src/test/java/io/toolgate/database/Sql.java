package io.toolgate.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** SQL as a person would type it, each time in a new session. */
public record Sql(DatabaseAddress address) {
  /** For the embedded database that runs in a data folder. */
  public static Sql in(Path data) {
    try {
      return new Sql(EmbeddedPostgres.running(data).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs statements and gives the rows of the last one, columns joined with a bar. */
  public List<String> run(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      for (String sql : statements) {
        rows.clear();
        if (statement.execute(sql)) {
          read(statement.getResultSet(), rows);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Does something while a transaction with this statement is open, which is then rolled back. */
  public void during(String sql, ThrowingRunnable work) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      work.run();
      connection.rollback();
    }
  }

  /** Anything. */
  public interface ThrowingRunnable {
    void run() throws Exception;
  }

  private static void read(ResultSet result, List<String> rows) throws SQLException {
    while (result.next()) {
      StringJoiner row = new StringJoiner("|");
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        row.add(result.getString(i));
      }
      rows.add(row.toString());
    }
  }
}
