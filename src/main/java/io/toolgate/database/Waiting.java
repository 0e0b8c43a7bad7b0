package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for the embedded database of a Toolgate that runs in another process. */
final class Waiting {
  private static final long LOOK_MILLIS = 100;

  private final Path data;
  private final Duration limit;
  private final Consumer<String> say;
  private final long begin = System.nanoTime();
  private boolean told;

  /**
   * @param say is told once, when there is something to wait for
   */
  Waiting(Path data, Duration limit, Consumer<String> say) {
    this.data = data;
    this.limit = limit;
    this.say = say;
  }

  /** Until its server takes connections. */
  DatabaseAddress server() {
    try {
      while (true) {
        Optional<DatabaseAddress> found = EmbeddedPostgres.running(data);
        if (found.isPresent()) {
          return found.get();
        }
        if (!EmbeddedPostgres.isTaken(data)) {
          throw new ConfigurationException(
              "No Toolgate runs with an embedded database in "
                  + data
                  + ". Start it first, or name its folder with --data.");
        }
        if (!pause()) {
          throw new ConfigurationException(
              "The embedded database in %s has not started within %d s; the log of its Toolgate says why."
                  .formatted(data, limit.toSeconds()));
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "The files of the embedded database in " + data + " cannot be read by this user.");
    }
  }

  /** Until its Toolgate has made the tables, or too long. */
  DatabaseAddress tables() {
    DatabaseAddress address = server();
    while (!AppliedMigrations.areRecorded(address) && pause()) {
      // looked at again
    }
    return address;
  }

  private boolean pause() {
    if (System.nanoTime() - begin > limit.toNanos()) {
      return false;
    }
    if (!told) {
      say.accept("toolgate: the database is still starting; waiting for it ...");
      told = true;
    }
    try {
      new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }
}
