package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff();

  private void assertNext(int seconds) {
    long millis = backoff.next().toMillis();
    assertTrue(
        seconds * 1000L <= millis && millis <= seconds * 1250L, millis + " ms for " + seconds);
  }

  @Test
  void doublesFromASecondToAMinute() {
    List.of(1, 2, 4, 8, 16, 32, 60, 60, 60).forEach(this::assertNext);
  }

  @Test
  void beginsAgainAfterAReset() {
    backoff.next();
    backoff.next();

    backoff.reset();

    List.of(1, 2).forEach(this::assertNext);
  }
}
