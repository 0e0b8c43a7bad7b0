package io.toolgate.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Connections for one {@code ...Store}, closed when idle; they work behind a pooler too. */
final class Connections {
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** A connection that is silent for this much longer than it may be is dead. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Connections() {}

  /**
   * @param address null while it is not known
   * @param limit for the longest that is done over one
   */
  static Pool pool(
      Vertx vertx, Supplier<DatabaseAddress> address, int connections, Duration limit) {
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(connections)
            .setConnectionTimeout((int) limit.toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) IDLE.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return PgBuilder.pool()
        .using(vertx)
        .with(options)
        .connectingTo(() -> options(address.get(), limit))
        .build();
  }

  private static Future<SqlConnectOptions> options(DatabaseAddress address, Duration limit) {
    if (address == null) {
      return Future.failedFuture("the database is not started yet");
    }
    PgConnectOptions options = address.connectOptions().setUseLayer7Proxy(true);
    Duration silence = limit.compareTo(IDLE) > 0 ? limit : IDLE;
    options.setIdleTimeout((int) silence.plus(GRACE).toMillis());
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return Future.succeededFuture(options);
  }
}
