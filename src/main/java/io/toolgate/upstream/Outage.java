package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.UpstreamState.Degraded;
import io.toolgate.upstream.UpstreamState.Disabled;
import io.toolgate.upstream.UpstreamState.Draining;
import io.toolgate.upstream.UpstreamState.Failed;
import io.toolgate.upstream.UpstreamState.OnDemand;
import io.toolgate.upstream.UpstreamState.Ready;
import io.toolgate.upstream.UpstreamState.Stopped;
import java.time.Instant;
import java.util.Optional;

/** What a call is told that meets a server which cannot be called. */
final class Outage {
  private static final String ASK = "An administrator sees why at GET /servers.";

  private Outage() {}

  /** Of one that is started on demand, but has not been started once. */
  static ProblemException unknown() {
    return Problem.UPSTREAM_UNAVAILABLE
        .because("Which tools the server has is still being found out.")
        .retryAfter(2);
  }

  /** Empty where a call is worth trying. */
  static Optional<ProblemException> met(UpstreamState state, boolean diagnosing) {
    return state instanceof Ready || state instanceof Degraded || state instanceof OnDemand
        ? Optional.empty()
        : Optional.of(of(state, diagnosing));
  }

  /**
   * @param diagnosing whether it is for somebody who may know the reasons; others are told of which
   *     kind they are
   */
  static ProblemException of(UpstreamState state, boolean diagnosing) {
    if (state instanceof Disabled) {
      return Problem.UPSTREAM_UNAVAILABLE.because(
          "The server is switched off" + (diagnosing ? ": " + state.why() + "." : ". " + ASK));
    }
    if (state instanceof Failed failed) {
      long seconds = failed.left(Instant.now()).plusMillis(500).toSeconds();
      return Problem.UPSTREAM_UNAVAILABLE
          .because(
              diagnosing
                  ? "The server is down and is being started again. " + failed.why()
                  : "The server is down: " + failed.downfall().sentence() + ". " + ASK)
          .retryAfter((int) Math.max(1, seconds));
    }
    if (state instanceof Draining || state instanceof Stopped) {
      return ended();
    }
    return Problem.UPSTREAM_UNAVAILABLE.because("The server is still starting.").retryAfter(2);
  }

  /** Of one that ends for good; another may have taken its place. */
  static ProblemException ended() {
    return Problem.UPSTREAM_UNAVAILABLE
        .because("The server is being stopped, or was changed a moment ago.")
        .retryAfter(2);
  }
}
