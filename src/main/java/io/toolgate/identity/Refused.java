package io.toolgate.identity;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;

/** The refusal of a proof. Its sentence says what was wrong, and repeats nothing that was sent. */
final class Refused {
  private Refused() {}

  static ProblemException because(String sentence) {
    return Problem.UNAUTHENTICATED.because(sentence);
  }
}
