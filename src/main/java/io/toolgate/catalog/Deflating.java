package io.toolgate.catalog;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a gzip file of one member, piece by piece, so that a piece which stands in many files is
 * compressed once.
 *
 * <p>Invariant: a piece is compressed by itself and ends on a byte, so it refers to nothing before
 * it and may stand anywhere.
 *
 * <p>Used once, by one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3">RFC 1951, section 3.2.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.3">RFC 1952, section 2.3</a>
 */
final class Deflating implements AutoCloseable {
  /** How much work is put into a piece. */
  enum Care {
    /** A quarter of the time, for what somebody waits for; a third larger. */
    QUICK(1),
    THOROUGH(6);

    private final int level;

    Care(int level) {
      this.level = level;
    }
  }

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** A last block, which holds nothing. */
  private static final byte[] LAST = {3, 0};

  private final byte[] buffer = new byte[1 << 14];
  private final Deflater deflater;
  private final ByteArrayOutputStream out;

  private Deflating(Care care, int expected) {
    deflater = new Deflater(care.level, true);
    out = new ByteArrayOutputStream(expected);
  }

  /** A piece for {@link #add}. */
  static byte[] piece(byte[] text) {
    try (Deflating piece = new Deflating(Care.THOROUGH, text.length / 8 + 64)) {
      piece.compress(text, 0, text.length);
      return piece.out.toByteArray();
    }
  }

  static Deflating file(Care care, int textLength) {
    Deflating file = new Deflating(care, textLength / 8 + 64);
    file.out.writeBytes(HEADER);
    return file;
  }

  /** Adds what was compressed before. */
  void add(byte[] piece) {
    out.writeBytes(piece);
  }

  /** Compresses a part of the text and adds it. */
  void compress(byte[] text, int from, int to) {
    deflater.reset();
    deflater.setInput(text, from, to - from);
    int written;
    do {
      written = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, written);
    } while (written == buffer.length);
  }

  /**
   * The file.
   *
   * @param text all that was added
   */
  byte[] end(byte[] text) {
    out.writeBytes(LAST);
    CRC32 sum = new CRC32();
    sum.update(text);
    writeInt((int) sum.getValue());
    writeInt(text.length);
    return out.toByteArray();
  }

  private void writeInt(int number) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(number >> shift);
    }
  }

  @Override
  public void close() {
    deflater.end();
  }
}
