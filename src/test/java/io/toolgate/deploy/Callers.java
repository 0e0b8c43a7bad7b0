package io.toolgate.deploy;

import io.toolgate.Await;
import io.toolgate.product.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Some who call the same tool again and again, each when it has its answer. */
final class Callers implements AutoCloseable {
  /**
   * A call that has ended.
   *
   * @param began as {@link System#nanoTime}
   * @param status 0 where there was no answer
   */
  record Outcome(long began, int status, String text) {}

  private static final byte[] BODY = "{\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8);

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final String url;
  private final String[] headers;
  private final List<Thread> threads;
  private volatile boolean ended;

  Callers(int number, String url, String... headers) {
    this.url = url;
    this.headers = headers;
    threads = IntStream.range(0, number).mapToObj(i -> new Thread(this::call, "caller")).toList();
    threads.forEach(Thread::start);
  }

  private void call() {
    while (!ended) {
      long began = System.nanoTime();
      Outcome outcome;
      try {
        Answer answer = Answer.to("POST", url, BODY, headers);
        outcome = new Outcome(began, answer.status(), answer.text());
      } catch (AssertionError unanswered) {
        outcome = new Outcome(began, 0, unanswered.getMessage());
      }
      outcomes.add(outcome);
    }
  }

  /** Those that began at this time or later, and have ended. */
  List<Outcome> since(long time) {
    return outcomes.stream().filter(outcome -> outcome.began() - time >= 0).toList();
  }

  /** Of those, the ones with another answer than this. */
  List<Outcome> otherThan(int status, long time) {
    return since(time).stream().filter(outcome -> outcome.status() != status).toList();
  }

  @Override
  public void close() {
    ended = true;
    Await.until("no call runs", () -> threads.stream().noneMatch(Thread::isAlive));
  }
}
