package io.toolgate.chaos;

import java.time.Duration;

/** How long harm is done: a few seconds, or as many as {@code CHAOS_SECONDS} says. */
final class Span {
  private static final Duration WHOLE =
      Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("CHAOS_SECONDS", "6")));

  /** A server that dies 20 times in a minute is paused on purpose; short runs do not get there. */
  private static final Duration BETWEEN_DEATHS =
      WHOLE.toSeconds() > 15 ? Duration.ofMillis(3500) : Duration.ZERO;

  private final long began = System.nanoTime();

  private Span() {}

  static Span begin() {
    return new Span();
  }

  boolean isOver() {
    return System.nanoTime() - began > WHOLE.toNanos();
  }

  /** When a server that dies now may die again, of {@link System#nanoTime}. */
  static long nextDeath() {
    return System.nanoTime() + BETWEEN_DEATHS.toNanos();
  }

  /** The usual number of rounds, or as many more as there is more time. */
  static int rounds(int usual) {
    return Math.max(usual, (int) (usual * WHOLE.toSeconds() / 6));
  }
}
