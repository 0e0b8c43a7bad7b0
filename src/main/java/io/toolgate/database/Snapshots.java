package io.toolgate.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnectOptions;
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
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** The server gives up first, because then the connection stays usable. */
  private static final Duration HEAD_START = Duration.ofMillis(500);

  /** A connection that is silent for this much longer than it may be is dead. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Duration limit;
  private final Pool pool;

  /**
   * @param address null while it is not known
   */
  Snapshots(Vertx vertx, Supplier<DatabaseAddress> address, int connections, Duration limit) {
    this.limit = limit;
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(connections)
            .setConnectionTimeout((int) limit.toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) IDLE.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    this.pool =
        PgBuilder.pool()
            .using(vertx)
            .with(options)
            .connectingTo(() -> options(address.get()))
            .build();
  }

  private Future<SqlConnectOptions> options(DatabaseAddress address) {
    if (address == null) {
      return Future.failedFuture("the database is not started yet");
    }
    PgConnectOptions options = address.connectOptions().setUseLayer7Proxy(true);
    Duration silence = limit.compareTo(IDLE) > 0 ? limit : IDLE;
    options.setIdleTimeout((int) silence.plus(GRACE).toMillis());
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return Future.succeededFuture(options);
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
