package io.toolgate.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Splits a stream of server-sent events into events, as its bytes come. An event that the end of
 * the stream cuts short counts as well: who sent it forgot the empty line after it.
 *
 * <p>Threading: used by one thread at a time.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">HTML,
 *     Server-sent events</a>
 */
final class EventStreamReader {
  private static final int FIRST_BUFFER = 1024;

  private final int limit;
  private final Sink sink;
  private byte[] line = new byte[FIRST_BUFFER];
  private int lineLength;
  private byte[] data = new byte[FIRST_BUFFER];
  private int dataLength;
  private boolean hasData;
  private String type = "";
  private boolean isFirstLine = true;
  private boolean afterReturn;
  private boolean tooLarge;

  /** Receives events; the bytes are only valid during the call. */
  interface Sink {
    /**
     * @param type empty for the usual one
     */
    void event(String type, byte[] data, int length);

    /** Something was larger than it may be; nothing more will come. */
    void tooLarge();

    /** Where a stream that is asked for again goes on. */
    default void lastId(String id) {}

    /** After how many milliseconds the server wants to be asked again. */
    default void retry(long millis) {}
  }

  /**
   * @param limit of one event, in bytes
   */
  EventStreamReader(int limit, Sink sink) {
    this.limit = limit;
    this.sink = sink;
  }

  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !tooLarge) {
      int end = at;
      while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      if (end > at) {
        afterReturn = false;
        keep(bytes, at, end);
      }
      if (end < to) {
        endLine(bytes[end]);
      }
      at = end + 1;
    }
  }

  /** Nothing more comes. */
  void end() {
    if (!tooLarge) {
      if (lineLength > 0) {
        field();
      }
      dispatch();
    }
  }

  private void endLine(byte ending) {
    boolean secondHalf = ending == '\n' && afterReturn;
    afterReturn = ending == '\r';
    if (!secondHalf) {
      if (lineLength == 0) {
        dispatch();
      } else {
        field();
      }
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    if ((long) lineLength + (to - from) > limit) {
      refuse();
      return;
    }
    line = grown(line, lineLength, to - from);
    System.arraycopy(bytes, from, line, lineLength, to - from);
    lineLength += to - from;
  }

  private void field() {
    int from = isFirstLine ? MessageReader.begin(line, 0, lineLength) : 0;
    isFirstLine = false;
    int colon = from;
    while (colon < lineLength && line[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, lineLength);
    if (value < lineLength && line[value] == ' ') {
      value++;
    }
    switch (new String(line, from, Math.min(colon - from, 8), StandardCharsets.UTF_8)) {
      case "data" -> addData(value);
      case "event" -> type = text(value);
      case "id" -> {
        String id = text(value);
        if (id.chars().allMatch(c -> c >= ' ' && c < 0x7f)) { // else no header could hold it
          sink.lastId(id);
        }
      }
      case "retry" -> millis(text(value)).ifPresent(sink::retry);
      default -> {} // a comment, or a field that does not exist
    }
    lineLength = 0;
    line = shrunk(line);
  }

  private void addData(int from) {
    int length = lineLength - from;
    if ((long) dataLength + length + 1 > limit) {
      refuse();
      return;
    }
    data = grown(data, dataLength, length + 1);
    if (hasData) {
      data[dataLength++] = '\n';
    }
    System.arraycopy(line, from, data, dataLength, length);
    dataLength += length;
    hasData = true;
  }

  private void dispatch() {
    if (hasData) {
      sink.event(type, data, dataLength);
    }
    type = "";
    hasData = false;
    dataLength = 0;
    data = shrunk(data);
  }

  private void refuse() {
    tooLarge = true;
    sink.tooLarge();
  }

  private String text(int from) {
    return new String(line, from, lineLength - from, StandardCharsets.UTF_8);
  }

  private static OptionalLong millis(String text) {
    return text.matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private static byte[] grown(byte[] buffer, int used, int more) {
    int needed = used + more;
    return needed <= buffer.length
        ? buffer
        : Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, 1 << 28)));
  }

  /** One large event does not hold its memory for ever. */
  private static byte[] shrunk(byte[] buffer) {
    return buffer.length > 256 * FIRST_BUFFER ? new byte[FIRST_BUFFER] : buffer;
  }
}
