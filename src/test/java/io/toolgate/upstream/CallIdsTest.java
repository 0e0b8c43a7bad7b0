package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CallIdsTest {
  private final CallIds ids = new CallIds();

  @Test
  void givesNoneTwice() {
    assertEquals(10_000, LongStream.generate(ids::next).limit(10_000).distinct().count());
  }

  @Test
  void givesWhatEveryReaderOfJsonKeepsExactly() {
    assertTrue(
        LongStream.generate(ids::next).limit(10_000).allMatch(id -> (long) (double) id == id));
  }

  @Test
  void givesNoneThatIsNearTheOneBefore() {
    long first = ids.next();

    assertTrue(
        LongStream.generate(ids::next).limit(1000).allMatch(id -> Math.abs(id - first) > 1000));
  }
}
