package io.toolgate.database;

import io.toolgate.Await;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The {@link Database} of the product without the product; heartbeats are quicker. */
public final class StartedDatabase implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** For all, and never closed: clients are collected as garbage after they ended. */
  private static final Vertx VERTX = Vertx.vertx();

  private final DatabaseSettings settings;
  private final List<Consumer<AccessChanged>> listeners = new CopyOnWriteArrayList<>();
  private final Database database;

  private StartedDatabase(DatabaseSettings settings) {
    this.settings = settings;
    database =
        new Database(
            VERTX,
            event -> listeners.forEach(listener -> listener.accept(event)),
            () -> settings,
            BEAT);
    database.start();
  }

  /** Over an embedded server, and ready. */
  public static StartedDatabase embedded() throws Exception {
    return new StartedDatabase(
            new DatabaseSettings(Optional.empty(), DatabaseFolder.create(), Path.of("none")))
        .await(DatabaseState.READY);
  }

  /** Over a server that is there, or comes later. */
  public static StartedDatabase at(DatabaseAddress address) {
    return new StartedDatabase(
        new DatabaseSettings(Optional.of(address), Path.of(""), Path.of("none")));
  }

  public StartedDatabase await(DatabaseState state) throws Exception {
    Await.until("the database is " + state.word(), () -> database.state() == state);
    return this;
  }

  /** Tells this listener too of what changes from now on. */
  public void tell(Consumer<AccessChanged> listener) {
    listeners.add(listener);
  }

  public Database database() {
    return database;
  }

  public Sql sql() {
    return new Sql(database.address());
  }

  /** Number of the embedded server's process. */
  public long serverProcess() throws IOException {
    return Postmaster.of(settings.data().resolve("postgres")).orElseThrow().pid();
  }

  @Override
  public void close() {
    database.stop();
  }
}
