package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output as a channel: one message per line. */
final class StdoutChannel implements Channel {
  private static final byte[] INVALID_UTF_8 = {(byte) 0xC3, '(', (byte) 0xFF, (byte) 0xFE, '\n'};

  private final OutputStream out;

  StdoutChannel(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  @Override
  public void send(JsonNode message) {
    write(
        () -> {
          Json.write(out, message);
          out.write('\n');
        });
  }

  /** Byte by byte, so that a reader sees half lines and half characters. */
  @Override
  public void sendInPieces(JsonNode message) {
    write(
        () -> {
          for (byte piece : (message + "\n").getBytes(StandardCharsets.UTF_8)) {
            out.write(piece);
            out.flush();
          }
        });
  }

  @Override
  public void sendHalf(JsonNode message) {
    byte[] whole = message.toString().getBytes(StandardCharsets.UTF_8);
    write(() -> out.write(whole, 0, whole.length / 2));
  }

  /** Log lines, a blank line, cut and empty JSON, JSON that is no message, invalid UTF-8. */
  @Override
  public void garbage() {
    line("INFO ready to serve");
    line("");
    line("  \r");
    line("{\"jsonrpc\":\"2.0\",\"id\":");
    line("{}");
    line("[1,2]");
    line("42");
    line("null");
    write(() -> out.write(INVALID_UTF_8));
  }

  @Override
  public void hangUp() {
    write(out::close);
  }

  void line(String line) {
    write(() -> out.write((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private synchronized void write(Writing writing) {
    try {
      writing.run();
      out.flush();
    } catch (IOException e) {
      // Nobody reads any more; the end of standard input ends this process.
    }
  }
}
