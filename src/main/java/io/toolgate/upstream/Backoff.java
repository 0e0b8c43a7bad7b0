package io.toolgate.upstream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The growing pauses between attempts: from one second, doubled each time, to a minute, and up to a
 * quarter more by chance, so that servers which failed together are not started together.
 *
 * <p>Threading: guarded by its owner.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Duration pause = FIRST;

  /** The pause before the next attempt. */
  Duration next() {
    Duration now = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now.plusMillis(ThreadLocalRandom.current().nextLong(now.toMillis() / 4));
  }

  /** Begins with the shortest again. */
  void reset() {
    pause = FIRST;
  }
}
