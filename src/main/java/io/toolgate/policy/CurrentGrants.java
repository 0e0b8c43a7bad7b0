package io.toolgate.policy;

import io.toolgate.database.AccessChanged;
import io.toolgate.database.Database;
import io.toolgate.database.DatabaseState;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The grants in memory, kept as the database has them.
 *
 * <p>They are read whole: at start, when a trigger tells of a change, after each reconnect, every
 * second while the database does not tell, and now and then although nothing was told: a trigger
 * that was dropped or disabled, or went with its table, must not make a revoked grant last.
 *
 * <p>Invariant: grants are used only for as long as they are known to be current, and {@link
 * PolicySettings#grantsMaxStale} longer; then no more, whatever the reason that they cannot be
 * read. That a connection is dead may take the heartbeat some seconds to notice.
 *
 * <p>Threading: one thread of its own decides when to read; reading itself does not hold it. {@link
 * #get} is one volatile read.
 */
@Singleton
class CurrentGrants {
  private static final Logger LOG = Logger.getLogger("toolgate.policy");
  private static final Duration TICK = Duration.ofSeconds(1);

  /**
   * Between two reads is as much time as the first took, but no more than this: a storm of changes
   * leaves half of the database to others, and still counts within a second.
   */
  private static final Duration LONGEST_REST = Duration.ofMillis(300);

  /** For how long it is believed that nothing changes because nothing is told. */
  static final Duration UNTOLD = Duration.ofMinutes(1);

  private static final Set<String> TABLES =
      Set.of(
          "user_group_membership",
          "group_tenant_mapping",
          "group_tool_mapping",
          "user_tenant_access",
          "user_admin_status",
          "tenant_server_keys",
          "tenant_endpoint_overrides");

  /** Sample rows of the program before Toolgate made it one. */
  private static final String EXAMPLE = "admin@example.com";

  private static final String EXAMPLE_WARNING =
      EXAMPLE
          + " is an administrator in the database, as in the sample rows of older deployments; whoever signs up with "
          + "that address has all rights. Delete its rows in user_admin_status and user_group_membership.";

  /**
   * @param read when reading them began
   * @param current when they were last known to be what the database has
   */
  private record Known(Grants grants, long read, long current) {}

  private final Supplier<CompletionStage<Grants>> store;
  private final Supplier<DatabaseState> database;
  private final PolicySettings settings;
  private final Duration tick;
  private final LongSupplier nanoTime;
  private final GrantReview review;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread fresh = new Thread(work, "grants");
            fresh.setDaemon(true);
            return fresh;
          });
  private volatile Known known;
  private volatile List<String> warnings = List.of();

  // On the thread only.
  private boolean reading;
  private boolean changed;
  private DatabaseState before;
  private String failing = "";

  @Inject
  CurrentGrants(GrantStore store, Database database, PolicySettings settings, GrantReview review) {
    this(store::read, database::state, settings, TICK, System::nanoTime, review);
  }

  /**
   * @param store reads the grants as of the call or later
   * @param database how the database is now
   * @param tick time between looks at the database
   */
  CurrentGrants(
      Supplier<CompletionStage<Grants>> store,
      Supplier<DatabaseState> database,
      PolicySettings settings,
      Duration tick,
      LongSupplier nanoTime,
      GrantReview review) {
    this.store = store;
    this.database = database;
    this.settings = settings;
    this.tick = tick;
    this.nanoTime = nanoTime;
    this.review = review;
    thread.scheduleWithFixedDelay(
        this::tick, tick.toMillis(), tick.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The grants to decide by.
   *
   * @throws ProblemException access-unknown if they were never read, or not for too long
   */
  Grants get() {
    Known now = known;
    if (!isUsable(now)) {
      throw Problem.ACCESS_UNKNOWN
          .because(
              "Who may use what cannot be read from the database at the moment. Try again in a while.")
          .retryAfter(5);
    }
    return now.grants();
  }

  /** For health. */
  GrantsState state() {
    Known now = known;
    if (now == null) {
      return GrantsState.NEVER_READ;
    }
    return new GrantsState(isUsable(now), Optional.of(age(now)), warnings);
  }

  private boolean isUsable(Known now) {
    return now != null && age(now).compareTo(settings.grantsMaxStale()) <= 0;
  }

  private Duration age(Known now) {
    return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - now.current()));
  }

  private List<String> warnings(Grants grants) {
    List<String> warnings = new ArrayList<>(grants.warnings());
    if (grants.isAdministrator(EXAMPLE, settings.adminGroup())) {
      warnings.add(EXAMPLE_WARNING);
    }
    warnings.addAll(review.of(grants));
    return List.copyOf(warnings);
  }

  void changed(@Observes AccessChanged event) {
    if (event.table().isEmpty() || TABLES.contains(event.table().get())) {
      thread.execute(
          () -> {
            changed = true;
            read();
          });
    }
  }

  private void tick() {
    DatabaseState state = database.get();
    boolean heardAllAlong = state == DatabaseState.READY && before == DatabaseState.READY;
    before = state;
    Known now = known;
    if (state == DatabaseState.DEAF
        || state == DatabaseState.READY && (!heardAllAlong || isUntoldForLong(now))) {
      changed = true;
    } else if (heardAllAlong && now != null && !changed && !reading) {
      known = new Known(now.grants(), now.read(), nanoTime.getAsLong());
    }
    read();
    if (known != null) {
      warn(known.grants()); // servers and tools come and go too
    }
  }

  private boolean isUntoldForLong(Known now) {
    return now != null && !reading && nanoTime.getAsLong() - now.read() >= UNTOLD.toNanos();
  }

  private void read() {
    if (!changed || reading) {
      return;
    }
    changed = false;
    reading = true;
    long begun = nanoTime.getAsLong();
    CompletionStage<Grants> answer;
    try {
      answer = store.get();
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedStage(failure);
    }
    answer.whenCompleteAsync((grants, failure) -> finish(grants, failure, begun), thread);
  }

  private void finish(Grants grants, Throwable failure, long begun) {
    if (failure == null) {
      tell(grants, begun);
      known = new Known(grants, begun, begun);
    } else {
      changed = true;
      tell(failure);
    }
    long took = nanoTime.getAsLong() - begun;
    long rest = failure == null ? Math.min(took, LONGEST_REST.toNanos()) : tick.toNanos();
    thread.schedule(this::rested, rest, TimeUnit.NANOSECONDS);
  }

  private void rested() {
    reading = false;
    read(); // what has changed meanwhile
  }

  private void tell(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String reason = String.valueOf(cause.getMessage());
    if (!reason.equals(failing)) {
      failing = reason;
      LOG.warnf("The grants cannot be read: %s. Trying again", reason);
    }
  }

  private void tell(Grants grants, long begun) {
    if (known == null || !failing.isEmpty()) {
      failing = "";
      LOG.infof(
          "Grants of %d users and %d groups read, %.1f s",
          grants.users(), grants.groups(), (nanoTime.getAsLong() - begun) / 1e9);
    }
    warn(grants);
  }

  /** Each warning is logged when it begins to be true. */
  private void warn(Grants grants) {
    try {
      List<String> before = warnings;
      warnings = warnings(grants);
      warnings.stream().filter(warning -> !before.contains(warning)).forEach(LOG::warn);
    } catch (RuntimeException e) {
      LOG.error(
          "The grants could not be compared with what there is", e); // they count all the same
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
