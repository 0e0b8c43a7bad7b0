package io.toolgate.bench.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An MCP server that is spoken to directly, over its standard streams: what a client gets out of it
 * when nothing stands between. Answers are told apart by nothing but their number, because calls to
 * one tool are alike.
 */
public final class StdioServer implements AutoCloseable {
  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}\n";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";

  private final Child child;
  private final OutputStream toServer;
  private final InputStream fromServer;
  private final byte[] read = new byte[1 << 16];
  private long sent;

  private StdioServer(Child child) {
    this.child = child;
    toServer = child.process().getOutputStream();
    fromServer = child.process().getInputStream();
  }

  /** Starts it without waiting for anything. */
  public static StdioServer launch(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    StdioServer server = new StdioServer(Child.start(builder));
    server.send(HELLO);
    return server;
  }

  public static StdioServer start(List<String> command) throws IOException {
    StdioServer server = launch(command);
    server.awaitInitialized();
    return server;
  }

  /** Waits for the answer to the greeting, and says so. */
  public void awaitInitialized() throws IOException {
    awaitLines(1);
    send(INITIALIZED);
  }

  /** One call, from its first byte sent to the last one received. */
  public void call(String tool, String arguments) throws IOException {
    send(message(tool, arguments));
    awaitLines(1);
  }

  /** Calls per second with so many under way all the time. */
  public double rate(String tool, String arguments, int underWay, int seconds) throws IOException {
    for (int i = 0; i < underWay; i++) {
      send(message(tool, arguments));
    }
    long begun = System.nanoTime();
    long end = begun + seconds * 1_000_000_000L;
    long answered = 0;
    while (System.nanoTime() < end) {
      int lines = lines();
      answered += lines;
      StringBuilder next = new StringBuilder();
      for (int i = 0; i < lines; i++) {
        next.append(message(tool, arguments));
      }
      send(next.toString());
    }
    double rate = answered / ((System.nanoTime() - begun) / 1e9);
    awaitLines(underWay);
    return rate;
  }

  private String message(String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + ++sent
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + "}}\n";
  }

  private void send(String text) throws IOException {
    toServer.write(text.getBytes(StandardCharsets.UTF_8));
    toServer.flush();
  }

  private void awaitLines(int count) throws IOException {
    int lines = 0;
    while (lines < count) {
      lines += lines();
    }
  }

  /** Reads what there is, and counts the messages that end in it. */
  private int lines() throws IOException {
    int length = fromServer.read(read);
    if (length < 0) {
      throw new IOException("The server has ended.");
    }
    int lines = 0;
    for (int i = 0; i < length; i++) {
      lines += read[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Override
  public void close() {
    child.close();
  }
}
