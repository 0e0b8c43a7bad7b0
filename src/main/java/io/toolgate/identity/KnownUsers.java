package io.toolgate.identity;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the directory said of the users seen lately.
 *
 * <p>Invariant: an answer is used for a minute, a failure not at all; the number kept is bounded.
 * Only ids from verified tokens come here, so strangers cannot fill it.
 *
 * <p>Threading: any thread; whoever asks while a question is under way waits for the same answer.
 */
final class KnownUsers {
  static final Duration KEPT = Duration.ofSeconds(60);
  static final int MOST = 10_000;

  private final UserDirectory directory;
  private final LongSupplier nanoTime;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  private record Asked(CompletableFuture<Optional<DirectoryUser>> answer, long at) {}

  KnownUsers(UserDirectory directory, LongSupplier nanoTime) {
    this.directory = directory;
    this.nanoTime = nanoTime;
  }

  CompletableFuture<Optional<DirectoryUser>> find(String id) {
    long now = nanoTime.getAsLong();
    Asked known = asked.get(id);
    if (known != null && isFresh(known, now)) {
      return known.answer();
    }
    makeRoom(now);
    Asked asking = new Asked(new CompletableFuture<>(), now);
    Asked current =
        asked.compute(id, (key, other) -> other != null && isFresh(other, now) ? other : asking);
    if (current == asking) {
      ask(id, asking);
    }
    return current.answer();
  }

  private void ask(String id, Asked asking) {
    CompletableFuture<Optional<DirectoryUser>> answer = asking.answer();
    try {
      directory
          .find(id)
          .whenComplete(
              (user, failure) -> {
                if (failure != null) {
                  asked.remove(id, asking);
                  answer.completeExceptionally(failure);
                } else {
                  answer.complete(user);
                }
              });
    } catch (RuntimeException failure) {
      asked.remove(id, asking);
      answer.completeExceptionally(failure);
    }
  }

  private void makeRoom(long now) {
    if (asked.size() >= MOST) {
      asked.values().removeIf(known -> !isFresh(known, now));
      if (asked.size() >= MOST) {
        asked.clear();
      }
    }
  }

  private static boolean isFresh(Asked known, long now) {
    return now - known.at() < KEPT.toNanos();
  }

  int size() {
    return asked.size();
  }
}
