package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.tenant.CallLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final ExecutorService workers = Executors.newFixedThreadPool(2);

  @AfterEach
  void end() {
    workers.shutdownNow();
  }

  private Turns turns(int concurrency, int queue) {
    return new Turns(new CallLimits(concurrency, queue), () -> Runnable::run);
  }

  private static List<CompletableFuture<Void>> enter(Turns turns, int count) {
    List<CompletableFuture<Void>> entered = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> entered.add(turns.enter()));
    return entered;
  }

  private static List<Boolean> done(List<CompletableFuture<Void>> entered) {
    return entered.stream().map(CompletableFuture::isDone).toList();
  }

  @Test
  void theOneThatWaitsLongestIsNext() {
    Turns turns = turns(1, 9);
    List<CompletableFuture<Void>> entered = enter(turns, 4);

    turns.leave(entered.get(0));
    assertEquals(List.of(true, true, false, false), done(entered));
    turns.leave(entered.get(1));

    assertEquals(List.of(true, true, true, false), done(entered));
    assertEquals(1, turns.running());
    assertEquals(1, turns.waiting());
  }

  @Test
  void whoeverHadToWaitGoesOnWhereItAsked() {
    List<Runnable> here = new ArrayList<>();
    List<Runnable> there = new ArrayList<>();
    AtomicReference<Executor> asking = new AtomicReference<>(here::add);
    Turns turns = new Turns(new CallLimits(1, 9), asking::get);
    CompletableFuture<Void> first = turns.enter();
    CompletableFuture<Void> second = turns.enter();
    asking.set(there::add);
    turns.enter();

    turns.leave(first);

    assertEquals(List.of(1, 0), List.of(here.size(), there.size()));
    assertFalse(second.isDone());
    here.get(0).run();
    assertTrue(second.isDone());
  }

  @Test
  void noMoreWaitThanMay() {
    Turns turns = turns(2, 1);
    enter(turns, 3);

    assertNull(turns.enter());
    assertEquals(2, turns.running());
    assertEquals(1, turns.waiting());
  }

  @Test
  void oneThatGivesUpTakesNobodysTurn() {
    Turns turns = turns(1, 9);
    List<CompletableFuture<Void>> entered = enter(turns, 3);

    assertTrue(turns.giveUp(entered.get(1)));
    turns.leave(entered.get(0));

    assertEquals(List.of(true, false, true), done(entered));
    assertFalse(turns.giveUp(entered.get(2)));
  }

  @Test
  void oneThatLeavesWhileItWaitsLetsNobodyIn() {
    Turns turns = turns(1, 9);
    List<CompletableFuture<Void>> entered = enter(turns, 3);

    turns.leave(entered.get(1));

    assertEquals(List.of(true, false, false), done(entered));
    assertEquals(1, turns.running());
    assertEquals(1, turns.waiting());
  }

  @Test
  void aLoweredLimitLetsNobodyInUntilSoManyHaveLeft() {
    Turns turns = turns(3, 9);
    List<CompletableFuture<Void>> entered = enter(turns, 4);

    turns.limit(new CallLimits(1, 9));
    turns.leave(entered.get(0));
    turns.leave(entered.get(1));
    assertEquals(List.of(true, true, true, false), done(entered));
    turns.leave(entered.get(2));

    assertEquals(List.of(true, true, true, true), done(entered));
    assertEquals(1, turns.running());
  }

  @Test
  void aRaisedLimitLetsInThoseThatWait() {
    Turns turns = turns(1, 9);
    List<CompletableFuture<Void>> entered = enter(turns, 4);

    turns.limit(new CallLimits(3, 9));

    assertEquals(List.of(true, true, true, false), done(entered));
    assertEquals(3, turns.running());
    assertFalse(turns.enter().isDone());
  }

  @Test
  void isIdleWhenTheLastHasLeft() {
    Turns turns = turns(1, 9);
    assertTrue(turns.idle().isDone());
    List<CompletableFuture<Void>> entered = enter(turns, 2);
    CompletableFuture<Void> idle = turns.idle();

    turns.leave(entered.get(0));
    assertFalse(idle.isDone());
    turns.leave(entered.get(1));

    assertTrue(idle.isDone());
    enter(turns, 1);
    assertFalse(turns.idle().isDone());
  }

  @Test
  void noTurnIsLostOrGivenTwiceUnderManyThreads() throws Exception {
    Turns turns = new Turns(new CallLimits(3, 5), () -> workers);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 8; i++) {
      callers.execute(
          () -> {
            for (int n = 0; n < 4000; n++) {
              call(turns, inside, most);
            }
          });
    }
    callers.shutdown();

    Await.until("all have had their turns", callers::isTerminated);

    Await.result(turns.idle());
    assertEquals(0, turns.running());
    assertEquals(0, turns.waiting());
    assertTrue(most.get() <= 3, most + " at once");
  }

  /** Some give up at a random moment. */
  private static void call(Turns turns, AtomicInteger inside, AtomicInteger most) {
    CompletableFuture<Void> turn = turns.enter();
    if (turn == null) {
      return;
    }
    if (ThreadLocalRandom.current().nextInt(4) == 0 && turns.giveUp(turn)) {
      return;
    }
    turn.join();
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    Thread.yield();
    inside.decrementAndGet();
    turns.leave(turn);
  }
}
