package io.toolgate.policy;

import io.toolgate.Await;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** A database and the grants in memory that follow it, wired as in the product. */
final class FollowedDatabase implements AutoCloseable {
  private final StartedDatabase started;
  private final CurrentGrants current;

  /**
   * One whose grants grow old.
   *
   * @param maxStale see {@link PolicySettings#grantsMaxStale}
   * @param limit for one read
   */
  FollowedDatabase(StartedDatabase started, Duration maxStale, Duration limit) {
    this(started, maxStale, limit, KeyRing.EMPTY, System::nanoTime);
  }

  private FollowedDatabase(
      StartedDatabase started,
      Duration maxStale,
      Duration limit,
      KeyRing keys,
      LongSupplier nanoTime) {
    this.started = started;
    GrantStore store =
        new GrantStore(
            started.database().snapshots(1, limit), started.database().statements(limit), keys);
    current =
        new CurrentGrants(
            store::read,
            started.database()::state,
            new Deciding().maxStale(maxStale),
            Duration.ofSeconds(1),
            nanoTime,
            new GrantReview(new Deciding()));
    started.tell(current::changed);
  }

  static FollowedDatabase of(StartedDatabase started) {
    return of(started, KeyRing.EMPTY);
  }

  /**
   * One that encrypts, and decrypts, with these keys. Its clock stands still: grants do not grow
   * old, and are not read because nothing was told for long. So a change that counts was told.
   */
  static FollowedDatabase of(StartedDatabase started, KeyRing keys) {
    return new FollowedDatabase(started, Duration.ofMinutes(5), Await.LIMIT, keys, () -> 0);
  }

  Sql sql() {
    return started.sql();
  }

  StartedDatabase started() {
    return started;
  }

  CurrentGrants current() {
    return current;
  }

  /** What Ann has; empty while that is not known. */
  Optional<Set<String>> ann() {
    try {
      return Optional.of(Described.ann(current.get()));
    } catch (ProblemException unknown) {
      return Optional.empty();
    }
  }

  void awaitAnn(String... words) {
    Await.until("Ann has " + Set.of(words), () -> ann().equals(Optional.of(Set.of(words))));
  }

  @Override
  public void close() {
    current.stop();
    started.close();
  }
}
