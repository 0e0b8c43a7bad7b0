package io.toolgate.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.toolgate.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The least client that can talk to a stdio server; keeps every line it passed over.
 *
 * <p>Threading: one daemon thread reads, so that waiting for a line has a limit.
 */
final class LineClient implements AutoCloseable {
  private static final String END = new String("end of output");

  private final ScriptedProcess server;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private int lastId;

  LineClient(ScriptedProcess server) {
    this.server = server;
    Thread reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
  }

  static LineClient of(Scripted scripted) throws IOException {
    return new LineClient(scripted.start());
  }

  /** Calls a tool and returns its result. */
  JsonNode call(String tool, String arguments) throws Exception {
    return answerTo(sendCall(tool, arguments)).path("result");
  }

  /** Calls a tool and returns its first text. */
  String text(String tool, String arguments) throws Exception {
    return call(tool, arguments).at("/content/0/text").asText();
  }

  int sendCall(String tool, String arguments) throws IOException {
    return send("tools/call", "{'name':'%s','arguments':%s}".formatted(tool, arguments));
  }

  /** Sends a request, with single quotes for double ones, and returns its id. */
  int send(String method, String params) throws IOException {
    int id = ++lastId;
    sendLine("{'jsonrpc':'2.0','id':%d,'method':'%s','params':%s}".formatted(id, method, params));
    return id;
  }

  void sendLine(String line) throws IOException {
    server.process().getOutputStream().write((line.replace('\'', '"') + "\n").getBytes("UTF-8"));
    server.process().getOutputStream().flush();
  }

  /** The next message with this id; what comes before is kept in {@link #seen}. */
  JsonNode answerTo(int id) throws Exception {
    while (true) {
      JsonNode message = next();
      if (message.path("id").asText().equals(String.valueOf(id))) {
        return message;
      }
    }
  }

  /** The next line as JSON; missing when it is none. */
  JsonNode next() throws Exception {
    String line = Await.next("a line", lines);
    if (line == END) {
      throw new AssertionError("no more lines, after " + seen.size());
    }
    seen.add(line);
    try {
      return Json.read(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  List<String> seen() {
    return seen;
  }

  /** The exit code, once the process has ended. */
  int exitCode() {
    return Await.end(server.process());
  }

  /** Waits for the end of standard output. */
  void awaitEnd() throws InterruptedException {
    if (Await.next("the end of standard output", lines) != END) {
      throw new AssertionError("standard output goes on");
    }
  }

  Process process() {
    return server.process();
  }

  @Override
  public void close() {
    server.close();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(server.process().getInputStream(), StandardCharsets.UTF_8))) {
      in.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The process was killed.
    }
    lines.add(END);
  }
}
