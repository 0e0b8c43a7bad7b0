package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;

/**
 * A request has lost its session before the answer came. Has no stack trace, because it is no fault
 * of ours.
 */
final class SessionLost extends RuntimeException {
  private final boolean arrived;

  /**
   * @param reason one sentence for people, without secrets
   * @param arrived whether the server may have received the request
   */
  SessionLost(String reason, boolean arrived) {
    super(reason, null, false, false);
    this.arrived = arrived;
  }

  /** Whether the server may have received the request, so that repeating it may do it twice. */
  boolean arrived() {
    return arrived;
  }

  /**
   * For a caller whose request cannot be repeated.
   *
   * @param diagnosing whether the caller may know the reason
   */
  ProblemException problem(boolean diagnosing) {
    return arrived
        ? Problem.OUTCOME_UNKNOWN.because(
            told(diagnosing)
                + " Whether the call took effect is not known: check before calling again.")
        : again(diagnosing);
  }

  /** For a caller who may safely try again. */
  ProblemException again(boolean diagnosing) {
    return Problem.UPSTREAM_UNAVAILABLE.because(told(diagnosing)).retryAfter(1);
  }

  private String told(boolean diagnosing) {
    return diagnosing ? getMessage() : "The server was lost during the call.";
  }
}
