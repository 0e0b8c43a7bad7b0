package io.toolgate.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells a server that now and then dies from one that does nothing else.
 *
 * <p>Threading: guarded by its owner.
 */
final class Deaths {
  private static final int MOST = 20;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Deque<Long> times = new ArrayDeque<>();

  /**
   * Counts one.
   *
   * @return whether there were too many lately
   */
  boolean add(long nowNanos) {
    times.addLast(nowNanos);
    while (nowNanos - times.peekFirst() > WINDOW.toNanos()) {
      times.removeFirst();
    }
    return times.size() >= MOST;
  }
}
