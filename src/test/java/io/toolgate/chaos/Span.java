package io.toolgate.chaos;

import java.time.Duration;

/** How long harm is done: a few seconds, or as many as {@code CHAOS_SECONDS} says. */
final class Span {
  private static final Duration WHOLE =
      Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("CHAOS_SECONDS", "6")));

  private final long began = System.nanoTime();

  private Span() {}

  static Span begin() {
    return new Span();
  }

  boolean isOver() {
    return passed().compareTo(WHOLE) > 0;
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** The usual number of rounds, or as many more as there is more time. */
  static int rounds(int usual) {
    return Math.max(usual, (int) (usual * WHOLE.toSeconds() / 6));
  }
}
