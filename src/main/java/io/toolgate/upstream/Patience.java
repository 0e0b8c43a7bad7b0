package io.toolgate.upstream;

import java.time.Duration;

/**
 * How long an answer is waited for.
 *
 * @param silence without an answer or a sign of progress
 * @param whole however much progress is reported
 */
record Patience(Duration silence, Duration whole) {

  static Patience of(Duration whole) {
    return new Patience(whole, whole);
  }
}
