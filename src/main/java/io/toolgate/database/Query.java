package io.toolgate.database;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.function.Consumer;

/**
 * A query of a {@code ...Store}.
 *
 * @param sql names each table with its schema
 * @param parameters texts for {@code $1} and so on
 * @param row takes each row as it arrives, on an event loop; the row is not to be kept
 */
public record Query(String sql, List<String> parameters, Consumer<Row> row) {
  public Query {
    parameters = List.copyOf(parameters);
  }

  /** One without parameters. */
  public Query(String sql, Consumer<Row> row) {
    this(sql, List.of(), row);
  }
}
