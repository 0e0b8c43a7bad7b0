package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallIdsTest {
  private static final int MANY = 10_000;
  private final List<Long> ids = Stream.generate(new CallIds()::next).limit(MANY).toList();

  @Test
  void hardlyEverGivesOneTwice() {
    long different = ids.stream().distinct().count();

    assertTrue(different > MANY - 10, "only " + different + " of " + MANY);
  }

  @Test
  void givesWhatFitsIntoASigned32BitNumberAndIsNoCountedOne() {
    assertTrue(ids.stream().allMatch(id -> id >= CallIds.LEAST && id <= Integer.MAX_VALUE));
  }

  @Test
  void aServerCannotTellTheNextFromTheOneBefore() {
    long near = 0;
    for (int i = 1; i < MANY; i++) {
      near += Math.abs(ids.get(i) - ids.get(i - 1)) < 100_000 ? 1 : 0;
    }

    assertTrue(near < 30, near + " of " + MANY); // 2 would be usual
  }
}
