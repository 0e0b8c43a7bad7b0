package io.toolgate;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for what must come, for all tests with one limit. A test that passes never waits it out, so
 * it is far beyond what the busiest machine needs: a test that breaks it has found a fault.
 */
public final class Await {
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private Await() {}

  /**
   * Something that comes true.
   *
   * @param <E> what looking may throw
   */
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    until(what, condition, () -> "");
  }

  /**
   * @param why is told where it does not come true
   */
  public static <E extends Exception> void until(
      String what, Condition<E> condition, Supplier<String> why) throws E {
    long begun = System.nanoTime();
    while (!condition.holds()) {
      long waited = System.nanoTime() - begun;
      if (waited > LIMIT.toNanos()) {
        throw late(what + "\n" + why.get());
      }
      // The longer it takes, the less it matters when its coming is seen.
      LockSupport.parkNanos(Math.min(LONGEST_PAUSE.toNanos(), 1_000_000 + waited / 10));
    }
  }

  /**
   * What it completes with.
   *
   * @throws CompletionException with what it failed with
   */
  public static <T> T result(CompletionStage<T> stage) {
    CompletableFuture<T> copy = stage.toCompletableFuture().copy();
    return copy.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** The next of these. */
  public static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw late(what);
    }
    return next;
  }

  /** Its exit code, when it has ended. */
  public static int end(Process process) {
    return end(process, () -> "");
  }

  /**
   * @param why is told where it does not end, and is ended then
   */
  public static int end(Process process, Supplier<String> why) {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw late("the end of process " + process.pid() + "\n" + why.get());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public static void dead(long pid) {
    until("process " + pid + " is gone", () -> !alive(pid));
  }

  /** A process that nobody has waited for is no longer alive either. */
  public static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static AssertionError late(String what) {
    return new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
  }
}
