package io.toolgate.policy;

import io.toolgate.database.Eventually;
import io.toolgate.database.Sql;
import io.toolgate.database.StartedDatabase;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A database and the grants in memory that follow it, wired as in the product. */
final class FollowedDatabase implements AutoCloseable {
  private final StartedDatabase started;
  private final CurrentGrants current;

  /**
   * @param maxStale see {@link PolicySettings#grantsMaxStale}
   * @param limit for one read
   */
  FollowedDatabase(StartedDatabase started, Duration maxStale, Duration limit) {
    this(started, maxStale, limit, KeyRing.EMPTY);
  }

  private FollowedDatabase(
      StartedDatabase started, Duration maxStale, Duration limit, KeyRing keys) {
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
            System::nanoTime);
    started.tell(current::changed);
  }

  static FollowedDatabase of(StartedDatabase started) {
    return new FollowedDatabase(started, Duration.ofMinutes(5), Duration.ofSeconds(20));
  }

  /** One that encrypts, and decrypts, with these keys. */
  static FollowedDatabase of(StartedDatabase started, KeyRing keys) {
    return new FollowedDatabase(started, Duration.ofMinutes(5), Duration.ofSeconds(20), keys);
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

  void awaitAnn(Duration limit, String... words) throws Exception {
    Eventually.holds(
        "Ann has " + Set.of(words), limit, () -> ann().equals(Optional.of(Set.of(words))));
  }

  void awaitAnn(String... words) throws Exception {
    awaitAnn(Duration.ofSeconds(30), words);
  }

  @Override
  public void close() {
    current.stop();
    started.close();
  }
}
