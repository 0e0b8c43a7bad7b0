package io.toolgate.database;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Statements of SQL that a person has written, run over JDBC where there is no {@code psql}.
 *
 * <p>Invariant: they are one transaction, unless they begin or end some themselves; the first that
 * fails ends them, and is named with its line.
 *
 * @param name of the text, for people
 */
public record SqlScript(String name, String text) {
  private static final int FAILED = 1;
  private static final Pattern TRANSACTION =
      Pattern.compile(
          "(?is)(BEGIN|START\\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|PREPARE\\s+TRANSACTION)\\b.*");
  private static final Pattern COPY = Pattern.compile("(?is)COPY\\b.*\\b(STDIN|STDOUT)\\b.*");

  /**
   * Runs it.
   *
   * @param out gets rows, and how many were changed
   * @param err gets what the server says beside that, and what went wrong
   * @return the exit code
   */
  public int run(DatabaseAddress address, PrintStream out, PrintStream err) {
    List<SqlStatement> statements;
    try {
      statements = SqlStatement.of(text);
    } catch (SQLException e) {
      return failed(err, 1, e.getMessage());
    }
    for (SqlStatement statement : statements) {
      Optional<String> foreign = foreign(statement.words());
      if (foreign.isPresent()) {
        return failed(err, statement.line(), foreign.get());
      }
    }
    try (Connection connection = address.connect()) {
      return run(connection, statements, out, err);
    } catch (SQLException e) {
      err.println("toolgate: The database " + address + " cannot be reached: " + reason(e));
      return FAILED;
    }
  }

  /** What psql understands and a server does not. */
  private static Optional<String> foreign(String words) {
    if (words.startsWith("\\")) {
      return Optional.of(
          words.split("\\s")[0]
              + " is a command of psql and no SQL; see psql, with the address of db-url");
    }
    return COPY.matcher(words).matches()
        ? Optional.of(
            "COPY with rows in the file is not understood here; write INSERT, or use psql")
        : Optional.empty();
  }

  private int run(
      Connection connection, List<SqlStatement> statements, PrintStream out, PrintStream err)
      throws SQLException {
    boolean whole =
        statements.size() > 1
            && statements.stream().noneMatch(each -> TRANSACTION.matcher(each.words()).matches());
    SqlOutput output = new SqlOutput(out);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (whole) {
        statement.execute("BEGIN");
      }
      for (SqlStatement each : statements) {
        try {
          output.results(each, statement, statement.execute(each.sql()));
        } catch (SQLException e) {
          output.flush();
          int code = failed(err, each.line(text, position(e)), reason(e));
          if (whole) {
            err.println("Nothing of it was kept.");
          }
          return code;
        } finally {
          notices(statement, err);
        }
      }
      if (whole) {
        statement.execute("COMMIT");
      }
      output.flush();
    }
    if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
      return failed(
          err,
          1 + (int) text.lines().count(),
          "COMMIT is missing; what came after BEGIN was not kept");
    }
    return 0;
  }

  private static void notices(Statement statement, PrintStream err) throws SQLException {
    for (SQLWarning told = statement.getWarnings(); told != null; told = told.getNextWarning()) {
      err.println(told.getMessage());
    }
    statement.clearWarnings();
  }

  private int failed(PrintStream err, int line, String why) {
    err.printf("toolgate: %s, line %d: %s%n", name, line, why);
    return FAILED;
  }

  private static int position(SQLException failure) {
    return server(failure).map(ServerErrorMessage::getPosition).orElse(0);
  }

  private static String reason(SQLException failure) {
    return server(failure)
        .map(
            told ->
                told.getMessage()
                    + (told.getDetail() == null ? "" : "\n" + told.getDetail())
                    + (told.getHint() == null ? "" : "\n" + told.getHint()))
        .orElseGet(failure::getMessage);
  }

  private static Optional<ServerErrorMessage> server(SQLException failure) {
    return failure instanceof PSQLException refused
        ? Optional.ofNullable(refused.getServerErrorMessage())
        : Optional.empty();
  }
}
