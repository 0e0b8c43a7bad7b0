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
      return failed(failed, diagnosing);
    }
    if (state instanceof Draining || state instanceof Stopped) {
      return ended();
    }
    return Problem.UPSTREAM_UNAVAILABLE.because("The server is still starting.").retryAfter(2);
  }

  /** Nothing is promised, and nobody told to come back, where trying again does not help. */
  private static ProblemException failed(Failed failed, boolean diagnosing) {
    int seconds = (int) Math.max(1, failed.left(Instant.now()).plusMillis(500).toSeconds());
    if (!diagnosing) {
      ProblemException told =
          Problem.UPSTREAM_UNAVAILABLE.because(
              "The server is down: " + failed.downfall().sentence() + ". " + ASK);
      return failed.downfall().isLasting() ? told : told.retryAfter(seconds);
    }
    return failed.downfall().isLasting()
        ? Problem.UPSTREAM_UNAVAILABLE.because(
            "The server is down. "
                + failed.why()
                + " That does not mend itself: it is looked at again in "
                + seconds
                + " s and every so often, or at once by POST /refresh.")
        : Problem.UPSTREAM_UNAVAILABLE
            .because("The server is down and is being started again. " + failed.why())
            .retryAfter(seconds);
  }

  /** Of one that ends for good; another may have taken its place. */
  static ProblemException ended() {
    return Problem.UPSTREAM_UNAVAILABLE
        .because("The server is being stopped, or was changed a moment ago.")
        .retryAfter(2);
  }
}
