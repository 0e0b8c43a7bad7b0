package io.toolgate.database;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes for one {@code ...Store}, over a connection of its own.
 *
 * <p>Invariant: a statement is a transaction, and ends within the limit or fails; one that fails by
 * the limit may still have had its effect.
 *
 * <p>Threading: any thread; answers come on an event loop.
 */
public final class Statements {
  private final Duration limit;
  private final Pool pool;

  /**
   * @param address null while it is not known
   */
  Statements(Vertx vertx, Supplier<DatabaseAddress> address, Duration limit) {
    this.limit = limit;
    this.pool = Connections.pool(vertx, address, 1, limit);
  }

  /**
   * @param sql names each table with its schema
   * @param parameters texts for {@code $1} and so on
   * @return how many rows it changed; fails with the client's exception
   */
  public CompletionStage<Integer> run(String sql, List<String> parameters) {
    return pool.preparedQuery(sql)
        .execute(Tuple.from(parameters))
        .map(SqlResult::rowCount)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .toCompletionStage();
  }

  void close() {
    pool.close();
  }
}
