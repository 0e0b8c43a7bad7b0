package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The one database, from start to stop: the embedded server, then the migrations and seeds, then
 * the notifications.
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
  private final Consumer<AccessChanged> changed;
  private final Supplier<DatabaseSettings> settings;
  private final Duration beat;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread migrator = new Thread(this::migrate, "database");
  private final List<Snapshots> readers = new CopyOnWriteArrayList<>();
  private final List<Statements> writers = new CopyOnWriteArrayList<>();
  private volatile Optional<EmbeddedPostgres> embedded = Optional.empty();
  private volatile DatabaseAddress address;
  private volatile Notifications notifications;
  private volatile boolean refused;
  private volatile List<String> seedMistakes = List.of();

  @Inject
  Database(Vertx vertx, Event<AccessChanged> changed, Config config) {
    this(vertx, changed::fire, () -> DatabaseSettings.of(config), BEAT);
  }

  /**
   * @param settings asked at the start
   * @param beat time between heartbeats, see {@link Notifications}
   */
  Database(
      Vertx vertx,
      Consumer<AccessChanged> changed,
      Supplier<DatabaseSettings> settings,
      Duration beat) {
    this.vertx = vertx;
    this.changed = changed;
    this.settings = settings;
    this.beat = beat;
    migrator.setDaemon(true);
  }

  /**
   * Settles which database it is, and begins to start it.
   *
   * @throws ConfigurationException with a sentence, when that cannot come to a good end
   */
  public void start() {
    DatabaseSettings which = settings.get();
    if (which.external().isEmpty()) {
      EmbeddedPostgres postgres = EmbeddedPostgres.in(which.data());
      embedded = Optional.of(postgres);
      postgres.start();
    }
    address = which.external().orElseGet(() -> embedded.get().address());
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
        Migrations.Outcome outcome =
            AppliedMigrations.areComplete(vertx, address)
                ? new Migrations.Outcome.Done()
                : migrations.run();
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
      seedMistakes = new Seeds(vertx, address, settings.get().seeds()).apply();
      seedMistakes.forEach(LOG::error);
      if (stopped.getCount() == 0) {
        return;
      }
      Notifications fresh = new Notifications(vertx, address.connectOptions(), changed, beat);
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

  /** Its address; null before the start. */
  public DatabaseAddress address() {
    return address;
  }

  /**
   * For a store to read with; may be asked for before the start, and fails reads until then.
   *
   * @param connections at most, kept for this store alone
   * @param limit for one read
   */
  public Snapshots snapshots(int connections, Duration limit) {
    Snapshots fresh = new Snapshots(vertx, this::address, connections, limit);
    readers.add(fresh);
    return fresh;
  }

  /**
   * For a store to write with; may be asked for before the start, and fails writes until then.
   *
   * @param limit for one statement
   */
  public Statements statements(Duration limit) {
    Statements fresh = new Statements(vertx, this::address, limit);
    writers.add(fresh);
    return fresh;
  }

  public boolean isEmbedded() {
    return embedded.isPresent();
  }

  /** Whether the tables are there; stays true when the database goes away later. */
  public boolean isMigrated() {
    return notifications != null;
  }

  /** Why files of the operator were not applied, in sentences. */
  public List<String> seedMistakes() {
    return seedMistakes;
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
    readers.forEach(Snapshots::close);
    writers.forEach(Statements::close);
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
