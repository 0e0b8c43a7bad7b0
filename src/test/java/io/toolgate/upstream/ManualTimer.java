package io.toolgate.upstream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes when the test says so. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
  /** Of all that was ever scheduled, in milliseconds. */
  final List<Long> delays = new CopyOnWriteArrayList<>();

  private final List<Runnable> works = new CopyOnWriteArrayList<>();

  ManualTimer() {
    super(0);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    works.add(work);
    delays.add(unit.toMillis(delay));
    return null;
  }

  /** Runs what was scheduled as the n-th, counted from 0. */
  void run(int n) {
    works.get(n).run();
  }

  void runLast() {
    run(works.size() - 1);
  }
}
