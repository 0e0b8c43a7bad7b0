package io.toolgate.upstream;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Ids of calls, which no server can know before it has read the call: an answer proves that it did,
 * and {@link ChildInput} relies on that.
 *
 * <p>They have 53 bits, which every JSON reader keeps exactly (RFC 8259, section 6), and are larger
 * than any id that is counted.
 */
final class CallIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int AT_ONCE = 64;
  private static final long LEAST = 1L << 52;

  private final ByteBuffer drawn = ByteBuffer.allocate(AT_ONCE * Long.BYTES).limit(0);

  synchronized long next() {
    if (!drawn.hasRemaining()) {
      RANDOM.nextBytes(drawn.array());
      drawn.clear();
    }
    return drawn.getLong() & (LEAST - 1) | LEAST;
  }
}
