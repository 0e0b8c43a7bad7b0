package io.toolgate.upstream;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Ids of calls, which no server can know before it has read the call: an answer proves that it did,
 * and {@link ChildInput} relies on that.
 *
 * <p>They are whole numbers from 2<sup>30</sup> to 2<sup>31</sup> - 1: servers that keep ids in 32
 * bits, with a sign or without, keep them whole, and they are larger than any id that is counted.
 * 30 random bits are many more than a server has guesses before a call ends; an id that is in use
 * may come again, so whoever takes one looks whether it is free.
 */
final class CallIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int AT_ONCE = 64;
  static final int LEAST = 1 << 30;

  private final ByteBuffer drawn = ByteBuffer.allocate(AT_ONCE * Integer.BYTES).limit(0);

  synchronized long next() {
    if (!drawn.hasRemaining()) {
      RANDOM.nextBytes(drawn.array());
      drawn.clear();
    }
    return drawn.getInt() & (LEAST - 1) | LEAST;
  }
}
