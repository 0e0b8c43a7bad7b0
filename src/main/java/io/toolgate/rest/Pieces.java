package io.toolgate.rest;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.quarkus.vertx.utils.NoBoundChecksBuffer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;

/**
 * A large body as the pool of buffers can hold it: what is larger than one of its chunks is taken
 * from the system each time, cleared, and given back.
 */
final class Pieces {
  private static final int PIECE = 32 * 1024;

  private Pieces() {}

  /** To be sent once. */
  static Buffer of(byte[] bytes) {
    ByteBufAllocator pool = VertxByteBufAllocator.POOLED_ALLOCATOR;
    CompositeByteBuf pieces = new CompositeByteBuf(pool, true, Integer.MAX_VALUE);
    for (int from = 0; from < bytes.length; from += PIECE) {
      int length = Math.min(PIECE, bytes.length - from);
      pieces.addComponent(true, pool.directBuffer(length).writeBytes(bytes, from, length));
    }
    return new NoBoundChecksBuffer(pieces);
  }
}
