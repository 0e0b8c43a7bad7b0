package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The one database, from start to stop: the embedded server, then the migrations, then the
 * notifications.
 *
 * <p>Nothing waits for it: the port is open meanwhile, {@link #state} and readiness tell.
 *
 * <p>Threading: one thread of its own migrates and then ends; the rest may be asked from any
 * thread.
 */
@ApplicationScoped
public class Database {
  private static final Logger LOG = Logger.getLogger("database");
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration BEAT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Event<AccessChanged> changed;
  private final Config config;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread migrator = new Thread(this::migrate, "database");
  private volatile Optional<EmbeddedPostgres> embedded = Optional.empty();
  private volatile DatabaseAddress address;
  private volatile Notifications notifications;
  private volatile boolean refused;

  Database(Vertx vertx, Event<AccessChanged> changed, Config config) {
    this.vertx = vertx;
    this.changed = changed;
    this.config = config;
    migrator.setDaemon(true);
  }

  /**
   * Settles which database it is, and begins to start it.
   *
   * @throws ConfigurationException with a sentence, when that cannot come to a good end
   */
  public void start() {
    DatabaseSettings settings = DatabaseSettings.of(config);
    if (settings.external().isEmpty()) {
      EmbeddedPostgres postgres = EmbeddedPostgres.in(settings.data());
      embedded = Optional.of(postgres);
      postgres.start();
    }
    address = settings.external().orElseGet(() -> embedded.get().address());
    migrator.start();
  }

  private void migrate() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    Migrations migrations = new Migrations(address);
    String told = "";
    try {
      if (embedded.isPresent()) {
        embedded.get().awaitReady();
      }
      while (true) {
        Migrations.Outcome outcome = migrations.run();
        if (outcome instanceof Migrations.Outcome.Done) {
          break;
        }
        refused = outcome instanceof Migrations.Outcome.Refused;
        if (stopped.getCount() > 0 && !told.equals(outcome.toString())) {
          told = outcome.toString();
          tell(outcome);
        }
        if (stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      refused = false;
      if (stopped.getCount() == 0) {
        return;
      }
      Notifications fresh = new Notifications(vertx, address.connectOptions(), changed::fire, BEAT);
      fresh.start();
      notifications = fresh;
    } catch (InterruptedException e) {
      // stopped
    }
  }

  private void tell(Migrations.Outcome outcome) {
    if (outcome instanceof Migrations.Outcome.Late late) {
      LOG.warnf("Waiting for the database %s: %s", address, late.reason());
    } else if (outcome instanceof Migrations.Outcome.Refused refusal) {
      LOG.errorf(
          "The database %s cannot be used yet: %s. It is tried again.", address, refusal.reason());
    }
  }

  /** Its address, once started. */
  public DatabaseAddress address() {
    return address;
  }

  public boolean isEmbedded() {
    return embedded.isPresent();
  }

  /** Whether the tables are there; stays true when the database goes away later. */
  public boolean isMigrated() {
    return notifications != null;
  }

  public DatabaseState state() {
    Notifications current = notifications;
    if (current == null) {
      return refused ? DatabaseState.DOWN : DatabaseState.WAITING;
    }
    return switch (current.state()) {
      case CONNECTING -> DatabaseState.DOWN;
      case LISTENING -> DatabaseState.READY;
      case DEAF -> DatabaseState.DEAF;
    };
  }

  /** Ends the connections, then the embedded server, and waits for it. May be called twice. */
  @PreDestroy
  public void stop() {
    stopped.countDown();
    migrator.interrupt();
    try {
      migrator.join(LAST_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (notifications != null) {
      notifications.close();
    }
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
