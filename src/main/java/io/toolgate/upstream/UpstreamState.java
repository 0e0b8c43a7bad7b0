package io.toolgate.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an upstream is in its life, since when, and why.
 *
 * <p>Invariant: it goes from one state only to those that {@link #mayBecome} allows.
 */
public sealed interface UpstreamState {
  Instant since();

  /** One sentence for administrators, without secrets. */
  String why();

  /** What everybody may know of why; empty while nothing is wrong. */
  default Optional<Downfall> kind() {
    return Optional.empty();
  }

  /** The word for it in listings, health and metrics, for example {@code on-demand}. */
  default String word() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether the step to that state is one that there is. */
  default boolean mayBecome(UpstreamState next) {
    return after().contains(next.getClass());
  }

  /** The states that may follow. */
  Set<Class<? extends UpstreamState>> after();

  /**
   * Not started, because its definition says so or lacks something.
   *
   * @param why for the operator
   */
  record Disabled(Instant since, String why) implements UpstreamState {
    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(Stopped.class);
    }
  }

  /** Started by the next call. */
  record OnDemand(Instant since, String why) implements UpstreamState {
    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(Starting.class, Draining.class, Stopped.class);
    }
  }

  /**
   * Being started, for the first time or again.
   *
   * @param kind why it ended before, if it did
   */
  record Starting(Instant since, String why, Optional<Downfall> kind) implements UpstreamState {
    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(Ready.class, Failed.class, Draining.class, Stopped.class);
    }
  }

  /**
   * Answers calls.
   *
   * @param took from start to the first complete tool list
   */
  record Ready(Instant since, Duration took) implements UpstreamState {
    @Override
    public String why() {
      return "It was ready after " + Math.round(took.toMillis() / 100.0) / 10.0 + " s.";
    }

    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(
          Degraded.class,
          Starting.class,
          OnDemand.class,
          Failed.class,
          Draining.class,
          Stopped.class);
    }
  }

  /**
   * Open, and given calls, but silent where an answer was due, or refusing all.
   *
   * @param downfall which of them
   */
  record Degraded(Instant since, Downfall downfall, String why) implements UpstreamState {
    @Override
    public Optional<Downfall> kind() {
      return Optional.of(downfall);
    }

    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(
          Ready.class, Starting.class, OnDemand.class, Failed.class, Draining.class, Stopped.class);
    }
  }

  /**
   * Could not be started, or ended too often; tried again after a pause.
   *
   * @param reason what happened
   * @param downfall of which kind that is
   * @param stderr what it printed last, masked
   * @param retryIn the pause before the next attempt
   */
  record Failed(
      Instant since, Downfall downfall, String reason, List<String> stderr, Duration retryIn)
      implements UpstreamState {
    private static final int SHOWN = 3;

    /** The reason with the last lines the server printed. */
    @Override
    public String why() {
      List<String> last = stderr.subList(Math.max(0, stderr.size() - SHOWN), stderr.size());
      return last.isEmpty() ? reason : reason + " It last printed: " + String.join(" | ", last);
    }

    @Override
    public Optional<Downfall> kind() {
      return Optional.of(downfall);
    }

    /** The pause that is left. */
    Duration left(Instant now) {
      Duration left = Duration.between(now, since.plus(retryIn));
      return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(Starting.class, OnDemand.class, Draining.class, Stopped.class);
    }
  }

  /** Takes no new calls; those that run may finish. */
  record Draining(Instant since, String why) implements UpstreamState {
    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of(Stopped.class);
    }
  }

  /** Ended for good. */
  record Stopped(Instant since, String why) implements UpstreamState {
    @Override
    public Set<Class<? extends UpstreamState>> after() {
      return Set.of();
    }
  }
}
