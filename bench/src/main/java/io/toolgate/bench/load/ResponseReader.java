package io.toolgate.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP answers with a Content-Length, one after the other, as cheaply as can be: the body is
 * counted, and kept up to a few bytes.
 */
final class ResponseReader {
  private static final int KEPT = 200;

  private final byte[] head = new byte[16 * 1024];
  private int headLength;
  private boolean inBody;
  private long bodyLeft;
  private long length;
  private int status;
  private final byte[] body = new byte[KEPT];
  private int bodyLength;

  /** Takes all bytes; true when the answer is complete. */
  boolean read(ByteBuffer in) {
    if (!inBody) {
      if (headLength == 0) {
        bodyLength = 0;
      }
      while (in.hasRemaining()) {
        byte next = in.get();
        head[headLength++] = next;
        if (next == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
          begin();
          break;
        }
      }
    }
    if (!inBody) {
      return false;
    }
    int taken = in.remaining();
    int kept = Math.min(taken, KEPT - bodyLength);
    in.get(body, bodyLength, kept);
    bodyLength += kept;
    in.position(in.limit());
    bodyLeft -= taken;
    if (bodyLeft > 0) {
      return false;
    }
    inBody = false;
    headLength = 0;
    return true;
  }

  private void begin() {
    status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
    length = contentLength();
    bodyLeft = length;
    inBody = true;
  }

  private long contentLength() {
    for (int i = 0; i + 16 < headLength; i++) {
      if (head[i] == '\n' && (head[i + 1] | 0x20) == 'c' && (head[i + 9] | 0x20) == 'l') {
        String line =
            new String(head, i + 1, Math.min(40, headLength - i - 1), StandardCharsets.US_ASCII);
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          return Long.parseLong(line.substring(15, line.indexOf('\r')).strip());
        }
      }
    }
    if (status == 204 || status == 304) {
      return 0;
    }
    throw new IllegalStateException("An answer without Content-Length.");
  }

  int status() {
    return status;
  }

  /** Of the body, in bytes. */
  long length() {
    return length;
  }

  /** The first bytes of it. */
  String body() {
    return new String(Arrays.copyOf(body, bodyLength), StandardCharsets.UTF_8);
  }
}
