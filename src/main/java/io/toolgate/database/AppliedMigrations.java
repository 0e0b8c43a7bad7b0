package io.toolgate.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Tells by one query that nothing is to be migrated, as at nearly every start; to find that out,
 * Flyway takes a good part of the time of one.
 *
 * <p>Invariant: the answer is yes only where Flyway's own history says that exactly our scripts
 * were applied, as they are now, and what {@code afterMigrate.sql} sees to is so. Whatever else is
 * found, or cannot be, is left to {@link Migrations}.
 */
final class AppliedMigrations {
  private static final long LIMIT_SECONDS = 10;
  private static final String FOLDER = "/db/migration/";
  private static final Pattern OUR_SCHEMA = Pattern.compile("(^|[ ,\"])mcp_proxy($|[ ,\"])");

  /** Every versioned script in {@code db/migration}. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__access.sql",
          "V2__tool_lists.sql",
          "V3__credentials.sql",
          "V4__seeds.sql",
          "V5__tool_lists_told.sql",
          "V6__emails.sql",
          "V7__server_and_group_names.sql",
          "V8__server_endpoints.sql");

  private static final String HISTORY =
      """
      SELECT script, checksum, success, current_setting('search_path')
        FROM mcp_proxy.flyway_schema_history WHERE type NOT IN ('SCHEMA', 'BASELINE')
      """;

  /** Nothing until the search path is set too, which comes last. */
  private static final String RECORDED =
      """
      SELECT script FROM mcp_proxy.flyway_schema_history
        WHERE success AND current_setting('search_path') LIKE '%mcp_proxy%'
      """;

  private AppliedMigrations() {}

  /** Blocks, but not for long. */
  static boolean areComplete(Vertx vertx, DatabaseAddress address) throws InterruptedException {
    Future<PgConnection> connecting = PgConnection.connect(vertx, address.connectOptions());
    Future<Boolean> answer =
        connecting
            .compose(connection -> connection.query(HISTORY).execute())
            .map(AppliedMigrations::areOurs)
            .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    try {
      return answer.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException unknown) {
      return false;
    } finally {
      connecting.onSuccess(PgConnection::close);
    }
  }

  /** Whether new sessions find all tables; for programs that look on. Blocks. */
  static boolean areRecorded(DatabaseAddress address) {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet history = statement.executeQuery(RECORDED)) {
      Set<String> missing = new HashSet<>(SCRIPTS);
      while (history.next()) {
        missing.remove(history.getString(1));
      }
      return missing.isEmpty();
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static boolean areOurs(RowSet<Row> history) {
    Map<String, Integer> applied = new HashMap<>();
    for (Row row : history) {
      if (!row.getBoolean(2) || !OUR_SCHEMA.matcher(row.getString(3)).find()) {
        return false;
      }
      applied.put(row.getString(0), row.getInteger(1));
    }
    Map<String, Integer> ours = new HashMap<>();
    SCRIPTS.forEach(script -> ours.put(script, checksum(script)));
    return applied.equals(ours);
  }

  /** As Flyway reckons it: over the lines, whatever ends them. */
  private static int checksum(String script) {
    CRC32 sum = new CRC32();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                AppliedMigrations.class.getResourceAsStream(FOLDER + script),
                StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) sum.getValue();
  }
}
