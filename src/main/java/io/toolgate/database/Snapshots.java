package io.toolgate.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collector;

/**
 * Reads for one {@code ...Store}, over a few connections of its own: no other can take them.
 *
 * <p>Invariant: the queries of one read see the database as it was at one moment, and a read ends
 * within the limit, whatever becomes of the server, the network or a lock. Nothing is written, and
 * nothing is left in a session, so that it works behind a pooler in transaction mode too.
 *
 * <p>Threading: any thread; rows and answers come on an event loop.
 */
public final class Snapshots {
  /** The server gives up first, because then the connection stays usable. */
  private static final Duration HEAD_START = Duration.ofMillis(500);

  private final Duration limit;
  private final Pool pool;

  /**
   * @param address null while it is not known
   */
  Snapshots(Vertx vertx, Supplier<DatabaseAddress> address, int connections, Duration limit) {
    this.limit = limit;
    this.pool = Connections.pool(vertx, address, connections, limit);
  }

  /**
   * Runs queries one after the other, all on the same snapshot.
   *
   * @return completes when all rows have been taken; fails with the client's exception
   */
  public CompletionStage<Void> read(Query... queries) {
    Future<Void> read =
        pool.getConnection()
            .compose(connection -> run(connection, queries).eventually(() -> connection.close()));
    return read.timeout(limit.toMillis(), TimeUnit.MILLISECONDS).toCompletionStage();
  }

  private Future<Void> run(SqlConnection connection, Query... queries) {
    long patience = limit.minus(HEAD_START).toMillis();
    Future<?> done =
        connection
            .query(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = "
                    + patience)
            .execute();
    for (Query query : queries) {
      done = done.compose(before -> run(connection, query));
    }
    return done.compose(
            all -> connection.query("COMMIT").execute(),
            failure ->
                connection
                    .query("ROLLBACK")
                    .execute()
                    .transform(rolledBack -> Future.failedFuture(failure)))
        .mapEmpty();
  }

  private static Future<?> run(SqlConnection connection, Query query) {
    Collector<Row, ?, Void> rows =
        Collector.of(
            () -> query,
            (same, row) -> same.row().accept(row),
            (same, other) -> same,
            same -> null);
    if (query.parameters().isEmpty()) {
      return connection.query(query.sql()).collecting(rows).execute();
    }
    return connection
        .preparedQuery(query.sql())
        .collecting(rows)
        .execute(Tuple.from(query.parameters()));
  }

  void close() {
    pool.close();
  }
}
