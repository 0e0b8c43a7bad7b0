package io.toolgate.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where an upstream is in its life, since when, and why. */
public sealed interface UpstreamState {
  Instant since();

  /** The word for it in listings and health. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Not started, because its definition says so or lacks something.
   *
   * @param reason for the operator
   */
  record Disabled(Instant since, String reason) implements UpstreamState {}

  /** Being started; its tools are not known yet. */
  record Starting(Instant since) implements UpstreamState {}

  /**
   * Answers calls.
   *
   * @param took from start to the first complete tool list
   */
  record Ready(Instant since, Duration took) implements UpstreamState {}

  /**
   * Could not be started, or ended; tried again after a pause.
   *
   * @param kind what may be told to everybody
   * @param reason one sentence for administrators, without secrets
   * @param stderr what it printed last, masked
   * @param retryIn the pause before the next attempt
   */
  record Failed(Instant since, Downfall kind, String reason, List<String> stderr, Duration retryIn)
      implements UpstreamState {
    private static final int SHOWN = 3;

    /** The reason with the last lines the server printed. */
    public String explained() {
      List<String> last = stderr.subList(Math.max(0, stderr.size() - SHOWN), stderr.size());
      return last.isEmpty() ? reason : reason + " It last printed: " + String.join(" | ", last);
    }
  }

  /** Ended for good, with Toolgate itself. */
  record Stopped(Instant since) implements UpstreamState {}
}
