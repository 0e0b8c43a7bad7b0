package io.toolgate.database;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hears what the triggers of {@code db/migration} tell, over a connection that does nothing else.
 *
 * <p>A connection can live and yet tell nothing, for example through a pooler that gives each
 * statement another server connection. So a heartbeat is sent through it and must come back as a
 * notification.
 *
 * <p>Threading: everything happens on one event loop; {@link #state} may be asked from any thread.
 */
final class Notifications {
  static final String CHANNEL = "toolgate_access";
  private static final Logger LOG = Logger.getLogger("database");
  private static final long PATIENCE_SECONDS = 10;

  /** Whether changes are heard. */
  enum State {
    /** No connection, or one that has not proven yet that it tells. */
    CONNECTING,
    /** Changes arrive. */
    LISTENING,
    /** Connected, but notifications do not arrive. */
    DEAF
  }

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final Consumer<AccessChanged> listener;
  private final long beatMillis;
  private final Context loop;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final String heartbeat =
      "toolgate_heartbeat_" + UUID.randomUUID().toString().replace("-", "");
  private volatile State state = State.CONNECTING;

  private boolean closed;
  private PgConnection connection;
  private long timer;
  private boolean heard;
  private boolean sending;

  /**
   * @param listener is called on the event loop
   * @param beat time between heartbeats
   */
  Notifications(
      Vertx vertx, PgConnectOptions options, Consumer<AccessChanged> listener, Duration beat) {
    this.vertx = vertx;
    this.options = options;
    this.listener = listener;
    this.beatMillis = beat.toMillis();
    this.loop = vertx.getOrCreateContext();
  }

  State state() {
    return state;
  }

  void start() {
    loop.runOnContext(go -> connect());
  }

  private void connect() {
    if (closed) {
      return;
    }
    Future<PgConnection> attempt = PgConnection.connect(vertx, options);
    attempt
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onSuccess(this::listen)
        .onFailure(
            reason -> {
              attempt.onSuccess(PgConnection::close);
              again(reason.getMessage());
            });
  }

  private void listen(PgConnection fresh) {
    connection = fresh;
    heard = false;
    sending = false;
    fresh.notificationHandler(this::hear);
    fresh.exceptionHandler(reason -> lost(fresh, reason.getMessage()));
    fresh.closeHandler(closing -> lost(fresh, "the connection was closed"));
    fresh
        .query("LISTEN " + CHANNEL + "; LISTEN " + heartbeat)
        .execute()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onSuccess(done -> listening(fresh))
        .onFailure(reason -> lost(fresh, reason.getMessage()));
  }

  private void listening(PgConnection fresh) {
    if (fresh != connection) {
      return;
    }
    backoff.reset();
    listener.accept(new AccessChanged(Optional.empty()));
    send();
    timer = vertx.setPeriodic(beatMillis, tick -> beat());
  }

  private void hear(PgNotification notification) {
    if (notification.getChannel().equals(heartbeat)) {
      heard = true;
      if (state == State.DEAF) {
        // What was told meanwhile, and a moment before that was noticed, is lost.
        listener.accept(new AccessChanged(Optional.empty()));
      }
      become(State.LISTENING);
    } else {
      listener.accept(new AccessChanged(Optional.of(notification.getPayload())));
    }
  }

  private void beat() {
    if (sending) {
      lost(connection, "it does not answer");
      return;
    }
    if (!heard) {
      become(State.DEAF);
    }
    send();
  }

  private void send() {
    PgConnection current = connection;
    heard = false;
    sending = true;
    current
        .query("NOTIFY " + heartbeat)
        .execute()
        .onSuccess(sent -> sending = sending && current != connection)
        .onFailure(reason -> lost(current, reason.getMessage()));
  }

  private void lost(PgConnection old, String reason) {
    if (old == null || old != connection) {
      return;
    }
    vertx.cancelTimer(timer);
    connection = null;
    old.close();
    become(State.CONNECTING);
    again(reason);
  }

  private void again(String reason) {
    if (closed) {
      return;
    }
    LOG.debugf("Not listening to changes of access: %s", reason);
    vertx.setTimer(backoff.next().toMillis(), tick -> connect());
  }

  private void become(State now) {
    if (now != state && !closed) {
      if (now == State.DEAF) {
        LOG.warn(
            "The database does not tell changes of access on this connection; is there a pooler in transaction mode in between?");
      } else if (now == State.CONNECTING) {
        LOG.warn("The connection to the database is lost; trying again");
      } else {
        LOG.info("Listening to changes of access in the database");
      }
      state = now;
    }
  }

  /** Ends without waiting. */
  void close() {
    loop.runOnContext(
        go -> {
          closed = true;
          vertx.cancelTimer(timer);
          if (connection != null) {
            connection.close();
            connection = null;
          }
        });
  }
}
