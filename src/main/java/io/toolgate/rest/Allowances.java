package io.toolgate.rest;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Counts requests by who sends them, against a limit for each. A bucket of as many tokens as pass
 * in a minute, refilled steadily: so many pass at once, and in the long run so many a minute. It is
 * kept as one number, the time at which the bucket is full again (the generic cell rate algorithm).
 *
 * <p>Invariants: exactly {@code limit} requests pass at one moment, and the next one when a
 * minute's {@code limit}th part is over; a refused request costs nothing, so whoever stops for that
 * time is served again. A bucket that is full says no more than none.
 *
 * <p>Memory is bounded and nobody's bucket is forgotten before it is full: after a minute without a
 * request that passed every bucket is, so buckets live in two generations, and each minute the
 * older is dropped. No room is made by pushing another out: when there are {@link #ROOM} buckets,
 * those who come new share one. Flooding from so many addresses thus brings nobody a bucket anew,
 * and hits only newcomers, for as long as it lasts; users and addresses are counted apart, so that
 * addresses, which cost little, never take room from users.
 *
 * <p>Threading: any thread; no lock but the map's own for one bin. Threads that bring new buckets
 * at the same moment may exceed the room by one each.
 */
final class Allowances {
  /** How many buckets there may be: a few megabytes. */
  static final int ROOM = 20_000;

  private static final long MINUTE = 60_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final String NEWCOMERS = "";

  private final int limit;
  private final long interval;
  private final LongSupplier nanoTime;
  private final AtomicReference<Generations> generations;

  private record Generations(
      long since,
      ConcurrentHashMap<String, AtomicLong> young,
      ConcurrentHashMap<String, AtomicLong> old) {
    Generations next(long now) {
      return new Generations(now, new ConcurrentHashMap<>(), young);
    }

    boolean hasRoom() {
      return young.mappingCount() + old.mappingCount() < ROOM;
    }

    /** Null if there is none. One of the older generation comes into the younger. */
    AtomicLong find(String sender) {
      AtomicLong known = young.get(sender);
      AtomicLong older = known == null ? old.get(sender) : null;
      if (older == null) {
        return known;
      }
      AtomicLong moved = put(sender, older);
      old.remove(sender); // only now, so that it is always in one of them
      return moved;
    }

    AtomicLong add(String sender, long now) {
      return put(sender, new AtomicLong(now));
    }

    private AtomicLong put(String sender, AtomicLong bucket) {
      AtomicLong present = young.putIfAbsent(sender, bucket);
      return present == null ? bucket : present;
    }
  }

  /**
   * @param limit requests a minute of each
   */
  Allowances(int limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.interval = MINUTE / limit;
    this.nanoTime = nanoTime;
    this.generations =
        new AtomicReference<>(
            new Generations(
                nanoTime.getAsLong(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
  }

  /** Counts a request of this sender, if it passes. */
  Allowance take(String sender) {
    long now = nanoTime.getAsLong();
    AtomicLong full = bucket(sender, now);
    while (true) {
      long seen = full.get();
      long before = Math.max(seen - now, 0); // that the bucket lacks
      long after = before + interval;
      if (after > limit * interval) {
        return allowance(false, before, after - limit * interval);
      }
      if (full.compareAndSet(seen, now + after)) {
        return allowance(true, after, Math.max(after + interval - limit * interval, 0));
      }
    }
  }

  private Allowance allowance(boolean passes, long lacking, long wait) {
    return new Allowance(
        passes,
        limit,
        (int) ((limit * interval - lacking) / interval),
        seconds(lacking),
        seconds(wait));
  }

  private static int seconds(long nanos) {
    return (int) ((nanos + SECOND - 1) / SECOND);
  }

  private AtomicLong bucket(String sender, long now) {
    Generations current = generations.get();
    if (now - current.since() >= MINUTE) {
      generations.compareAndSet(current, current.next(now));
      current = generations.get();
    }
    AtomicLong known = current.find(sender);
    if (known != null || current.hasRoom()) {
      return known == null ? current.add(sender, now) : known;
    }
    AtomicLong shared = current.find(NEWCOMERS);
    return shared == null ? current.add(NEWCOMERS, now) : shared;
  }

  /** How many buckets there are. */
  int size() {
    Generations current = generations.get();
    return current.young().size() + current.old().size();
  }
}
