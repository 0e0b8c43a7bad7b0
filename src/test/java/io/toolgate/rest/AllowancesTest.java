package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowancesTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock =
      new AtomicLong(Long.MAX_VALUE - 5 * SECOND); // about to turn over
  private final Allowances sixty = new Allowances(60, clock::get);

  private static int passing(Allowances allowances, String sender, int requests) {
    return (int) IntStream.range(0, requests).filter(i -> allowances.take(sender).passes()).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 300, 999_999})
  void exactlyTheLimitPassesAtOnce(int limit) {
    Allowances allowances = new Allowances(limit, clock::get);

    assertEquals(limit, passing(allowances, "ann", limit + 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 300, 999_999})
  void afterAMinuteAllOfThemPassAgain(int limit) {
    Allowances allowances = new Allowances(limit, clock::get);
    passing(allowances, "ann", limit);

    clock.addAndGet(60 * SECOND);

    assertEquals(limit, passing(allowances, "ann", limit + 100));
  }

  @Test
  void oneMorePassesWhenItsTimeHasComeAndNotBefore() {
    passing(sixty, "ann", 60);

    clock.addAndGet(SECOND - 1);
    boolean early = sixty.take("ann").passes();
    clock.addAndGet(1);

    assertFalse(early);
    assertEquals(1, passing(sixty, "ann", 10));
  }

  @Test
  void refusedRequestsCostNothing() {
    passing(sixty, "ann", 10_000);

    clock.addAndGet(2 * SECOND);

    assertEquals(2, passing(sixty, "ann", 10));
  }

  @Test
  void tellsWhatRemains() {
    Allowance first = sixty.take("ann");
    passing(sixty, "ann", 58);
    Allowance last = sixty.take("ann");
    clock.addAndGet(SECOND / 2);
    Allowance refused = sixty.take("ann");

    assertEquals(new Allowance(true, 60, 59, 1, 0), first);
    assertEquals(new Allowance(true, 60, 0, 60, 1), last);
    assertEquals(new Allowance(false, 60, 0, 60, 1), refused);
  }

  @Test
  void tellsHowLongToWaitForTheNext() {
    Allowances one = new Allowances(1, clock::get);
    one.take("ann");
    clock.addAndGet(15 * SECOND);

    assertEquals(new Allowance(false, 1, 0, 45, 45), one.take("ann"));
  }

  @Test
  void eachSenderIsCountedAlone() {
    passing(sixty, "ann", 60);

    assertEquals(60, passing(sixty, "bob", 61));
    assertFalse(sixty.take("ann").passes());
  }

  @Test
  void whoeverIsOverTheLimitStaysSoWhenGenerationsChange() {
    Allowances allowances = new Allowances(2, clock::get);
    clock.addAndGet(59 * SECOND);
    passing(allowances, "ann", 2);

    clock.addAndGet(SECOND + 1);
    boolean inTheOlder = allowances.take("ann").passes();
    clock.addAndGet(28 * SECOND);

    assertFalse(inTheOlder);
    assertFalse(allowances.take("ann").passes());
  }

  @Test
  void aFloodOfSendersNeitherGrowsNorBringsAnybodyANewStart() {
    passing(sixty, "ann", 60);
    for (int sender = 0; sender < 3 * Allowances.ROOM; sender++) {
      sixty.take("flood " + sender);
      if (sender % Allowances.ROOM == 0) {
        clock.addAndGet(SECOND / 4);
      }
    }

    assertTrue(sixty.size() <= Allowances.ROOM + 1, sixty.size() + " buckets");
    assertFalse(sixty.take("ann").passes());
    assertFalse(sixty.take("somebody new").passes(), "newcomers share one");
  }

  @Test
  void afterAFloodThereIsRoomAgain() {
    for (int sender = 0; sender < 2 * Allowances.ROOM; sender++) {
      sixty.take("flood " + sender);
    }

    clock.addAndGet(60 * SECOND);
    sixty.take("ann");
    clock.addAndGet(60 * SECOND);

    assertEquals(60, passing(sixty, "somebody new", 61));
    assertTrue(sixty.size() <= 2, sixty.size() + " buckets");
  }

  @Test
  void countsExactlyWhenManyAskAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Callable<Integer> asking = () -> passing(sixty, "ann", 1000);
    try {
      List<Future<Integer>> passed =
          threads.invokeAll(Stream.generate(() -> asking).limit(8).toList());

      int sum = 0;
      for (Future<Integer> each : passed) {
        sum += each.get();
      }
      assertEquals(60, sum);
    } finally {
      threads.shutdownNow();
    }
  }
}
