package io.toolgate.database;

import java.time.Duration;

/** How long to wait before the next attempt: twice as long as before it, up to a limit. */
final class Backoff {
  private final Duration first;
  private final Duration limit;
  private Duration next;

  Backoff(Duration first, Duration limit) {
    this.first = first;
    this.limit = limit;
    this.next = first;
  }

  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(limit) > 0 ? limit : doubled;
    return now;
  }

  /** After a success. */
  void reset() {
    next = first;
  }
}
