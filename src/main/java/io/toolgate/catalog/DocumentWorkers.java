package io.toolgate.catalog;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Who makes documents: few threads, so that a thousand callers who see different tools queue here
 * and leave processors to the calls.
 *
 * <p>Threading: what somebody waits for never stands behind what is made ahead.
 */
final class DocumentWorkers {
  private static final int IDLE_SECONDS = 10;

  private final ExecutorService wanted;
  private final ExecutorService ahead = pool("documents-ahead", 1);

  DocumentWorkers() {
    this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  DocumentWorkers(int threads) {
    this.wanted = pool("documents", threads);
  }

  /** Does what somebody waits for. */
  void now(Runnable work) {
    wanted.execute(work);
  }

  /** Does what nobody waits for yet, one after the other. */
  void later(Runnable work) {
    ahead.execute(work);
  }

  private static ExecutorService pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
