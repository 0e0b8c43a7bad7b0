package io.toolgate.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines without copying them into strings.
 *
 * <p>Invariant: a line longer than the limit costs at most the limit's memory and never hides the
 * lines after it; its first and last bytes are kept, so that the reader can still find out which
 * message it was.
 *
 * <p>Threading: used by one thread.
 */
final class LineReader {
  private static final int FIRST_BUFFER = 16 * 1024;
  private static final int KEPT_OF_TOO_LONG = 4 * 1024;

  private final InputStream in;
  private final int limit;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int start;
  private int scanned;
  private int end;

  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** Receives lines; the bytes are only valid during the call. */
  interface Sink {
    void line(byte[] buffer, int offset, int length);

    /**
     * @param excerpt the first and the last bytes of the line
     */
    void tooLong(byte[] excerpt);

    /** What stands after the last line feed when the stream ends. */
    default void rest(byte[] buffer, int offset, int length) {
      line(buffer, offset, length);
    }
  }

  /** Reads to the end of the stream. */
  void readAll(Sink sink) throws IOException {
    while (fill()) {
      emitLines(sink);
      if (end - start > limit) {
        skipTooLong(sink);
      }
    }
    if (end > start) {
      sink.rest(buffer, start, end - start);
    }
  }

  private void emitLines(Sink sink) {
    for (int i = scanned; i < end; i++) {
      if (buffer[i] == '\n') {
        sink.line(buffer, start, i - start);
        start = i + 1;
      }
    }
    scanned = end;
    if (start == end) {
      reset();
    }
  }

  private void reset() {
    start = 0;
    scanned = 0;
    end = 0;
    if (buffer.length > 16 * FIRST_BUFFER) {
      buffer = new byte[FIRST_BUFFER]; // one large answer does not hold its memory for ever
    }
  }

  private boolean fill() throws IOException {
    if (end == buffer.length) {
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        scanned -= start;
        end -= start;
        start = 0;
      } else {
        buffer =
            Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, limit + 2L * FIRST_BUFFER));
      }
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count > 0) {
      end += count;
    }
    return count >= 0;
  }

  private void skipTooLong(Sink sink) throws IOException {
    byte[] head = Arrays.copyOfRange(buffer, start, start + KEPT_OF_TOO_LONG);
    byte[] tail = Arrays.copyOfRange(buffer, end - KEPT_OF_TOO_LONG, end);
    reset();
    boolean ended = false;
    while (!ended && fill()) {
      int feed = indexOfLineFeed();
      int lineEnd = feed < 0 ? end : feed;
      tail = lastBytes(tail, lineEnd);
      if (feed < 0) {
        end = 0;
      } else {
        start = feed + 1;
        scanned = start;
        ended = true;
      }
    }
    byte[] excerpt = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, excerpt, head.length, tail.length);
    sink.tooLong(excerpt);
    emitLines(sink);
  }

  private int indexOfLineFeed() {
    for (int i = 0; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private byte[] lastBytes(byte[] before, int newEnd) {
    if (newEnd >= KEPT_OF_TOO_LONG) {
      return Arrays.copyOfRange(buffer, newEnd - KEPT_OF_TOO_LONG, newEnd);
    }
    byte[] joined = new byte[KEPT_OF_TOO_LONG];
    System.arraycopy(before, newEnd, joined, 0, KEPT_OF_TOO_LONG - newEnd);
    System.arraycopy(buffer, 0, joined, KEPT_OF_TOO_LONG - newEnd, newEnd);
    return joined;
  }
}
