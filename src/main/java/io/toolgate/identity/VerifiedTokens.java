package io.toolgate.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tokens verified lately, so that a session of many calls pays for few signatures.
 *
 * <p>Invariant: holds only tokens that were good, whole with their signature, each for a minute and
 * never past its expiry; strangers cannot fill it, and its size is bounded.
 *
 * <p>Threading: any thread.
 */
final class VerifiedTokens {
  static final Duration KEPT = Duration.ofSeconds(60);
  static final int MOST = 2_000;

  private final Map<String, Verified> tokens = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  private record Verified(Claims claims, Instant expiry, long at) {}

  VerifiedTokens(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The claims, or null if it must be verified (again). */
  Claims find(String compact) {
    Verified verified = tokens.get(compact);
    if (verified == null) {
      return null;
    }
    boolean usable =
        nanoTime.getAsLong() - verified.at() < KEPT.toNanos()
            && Instant.now().isBefore(verified.expiry());
    if (!usable) {
      tokens.remove(compact, verified);
    }
    return usable ? verified.claims() : null;
  }

  void keep(String compact, Claims claims, Instant expiry) {
    if (tokens.size() >= MOST) {
      tokens.clear();
    }
    tokens.put(compact, new Verified(claims, expiry, nanoTime.getAsLong()));
  }

  int size() {
    return tokens.size();
  }
}
