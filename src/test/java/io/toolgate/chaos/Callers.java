package io.toolgate.chaos;

import io.toolgate.Await;
import io.toolgate.product.Answer;
import io.toolgate.product.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Callers who call without a pause until they are told to stop.
 *
 * <p>Threading: a thread for each; what they got is kept in the order in which they got it.
 */
final class Callers implements AutoCloseable {
  private static final Executor EACH_ITS_OWN = work -> new Thread(work, "caller").start();

  private final Product product;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Got> got = new ArrayList<>();
  private volatile boolean over;

  /** What is called. */
  record Wanted(String path, String body) {}

  /**
   * What came of it.
   *
   * @param status 0 when there was no answer at all
   * @param problem its kind, empty where there is none
   */
  record Got(
      Wanted wanted,
      int status,
      String problem,
      Optional<String> retryAfter,
      String text,
      long ms) {
    boolean isOk() {
      return status == 200;
    }
  }

  private Callers(Product product) {
    this.product = product;
  }

  /**
   * @param next what a caller calls in its n-th call
   */
  static Callers of(Product product, int count, IntFunction<IntFunction<Wanted>> next) {
    Callers callers = new Callers(product);
    for (int i = 0; i < count; i++) {
      IntFunction<Wanted> own = next.apply(i);
      callers.threads.execute(() -> callers.callOn(own));
    }
    return callers;
  }

  private void callOn(IntFunction<Wanted> next) {
    for (int n = 0; !over; n++) {
      Got one = call(product, next.apply(n));
      synchronized (got) {
        got.add(one);
      }
    }
  }

  /** One call. */
  static Got call(Product product, Wanted wanted) {
    long start = System.nanoTime();
    try {
      Answer answer = product.post(wanted.path(), wanted.body());
      return new Got(
          wanted,
          answer.status(),
          answer.status() == 200 ? "" : answer.problem(),
          answer.header("Retry-After"),
          answer.text(),
          millisSince(start));
    } catch (AssertionError e) {
      return new Got(wanted, 0, e.getMessage(), Optional.empty(), "", millisSince(start));
    }
  }

  /** A call each, all at once. */
  static List<Got> together(Product product, List<Wanted> all) {
    List<CompletableFuture<Got>> calls =
        all.stream()
            .map(wanted -> CompletableFuture.supplyAsync(() -> call(product, wanted), EACH_ITS_OWN))
            .toList();
    return calls.stream().map(CompletableFuture::join).toList();
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** How many calls have ended so far. */
  int count() {
    synchronized (got) {
      return got.size();
    }
  }

  /** Lets each finish its last call, and gives what all of them got. */
  List<Got> stop() {
    close();
    return List.copyOf(got);
  }

  @Override
  public void close() {
    over = true;
    threads.shutdown();
    Await.until("no call runs", threads::isTerminated);
  }
}
