package io.toolgate.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.tenant.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * An MCP server that runs as our child process: one JSON-RPC message per line on its standard input
 * and output.
 *
 * <p>Invariants: the child's end is noticed at once and reported once; what is not a message on its
 * standard output is logged and skipped; its standard error is always drained, into the log; ending
 * the connection ends the child's whole process tree.
 *
 * <p>Threading: one reader thread owns standard output, one standard error, one writer standard
 * input. {@link #send} queues; the writer takes all that is queued, writes it in one go and flushes
 * once.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio">MCP,
 *     stdio</a>
 */
final class StdioConnection implements Connection {
  private static final Logger LOG = Logger.getLogger("toolgate.server");
  private static final int LAST_WORDS_MILLIS = 300;
  private static final byte[] END = new byte[0];
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d{1,18})");

  private final String server;
  private final Listener listener;
  private final StderrTail stderr;
  private final Process process;
  private final ProcessTree tree;
  private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
  private final CompletableFuture<Void> errorsEnded = new CompletableFuture<>();
  private boolean treeNoted;

  private StdioConnection(String server, Process process, StderrTail stderr, Listener listener) {
    this.server = server;
    this.process = process;
    this.tree = new ProcessTree(process);
    this.stderr = stderr;
    this.listener = listener;
  }

  /**
   * Starts the child.
   *
   * @throws IOException when the program is missing or cannot be started
   */
  static StdioConnection open(
      String server, Transport.Stdio stdio, StderrTail stderr, Listener listener)
      throws IOException {
    List<String> commandLine = new ArrayList<>(stdio.args().size() + 1);
    commandLine.add(stdio.command());
    commandLine.addAll(stdio.args());
    ProcessBuilder builder = new ProcessBuilder(commandLine);
    builder.environment().clear();
    builder.environment().putAll(ChildEnvironment.of(System.getenv(), stdio.env()));
    stdio.cwd().ifPresent(folder -> builder.directory(folder.toFile()));
    StdioConnection connection = new StdioConnection(server, builder.start(), stderr, listener);
    connection.run();
    return connection;
  }

  private void run() {
    thread("out", this::readOutput);
    thread("err", this::readErrors);
    thread("in", this::writeInput);
    // What the child printed last explains its end, so it is waited for, but not for ever: a
    // grandchild may hold the
    // streams open.
    CompletableFuture<Void> streams = CompletableFuture.allOf(outputEnded, errorsEnded);
    process
        .onExit()
        .thenCompose(
            ended ->
                streams
                    .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
                    .thenApply(nothing -> ended.exitValue()))
        .thenAccept(
            code -> {
              closing.set(true);
              outgoing.add(END);
              listener.closed(closeReason(code));
              tree.end();
            });
  }

  private void thread(String role, Runnable work) {
    Thread thread = new Thread(work, "mcp-" + server + "-" + role);
    thread.setDaemon(true);
    thread.start();
  }

  private String closeReason(int code) {
    return code > 128
        ? "The server's process was ended by signal " + (code - 128) + "."
        : "The server's process ended with exit code " + code + ".";
  }

  @Override
  public void send(ObjectNode message) {
    if (closing.get()) {
      listener.notSent(message, new SendFailure(Effect.NONE, "The server's process has ended."));
      return;
    }
    try {
      outgoing.add(Json.MAPPER.writeValueAsBytes(message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree of plain nodes can always be written
    }
  }

  @Override
  public CompletableFuture<Void> close() {
    if (closing.compareAndSet(false, true)) {
      outgoing.add(END);
    }
    return tree.end();
  }

  private void writeInput() {
    List<byte[]> batch = new ArrayList<>();
    try (OutputStream in = process.getOutputStream()) {
      while (true) {
        batch.add(outgoing.take());
        outgoing.drainTo(batch);
        for (byte[] message : batch) {
          if (message == END) {
            return;
          }
          in.write(message);
          in.write('\n');
        }
        in.flush();
        batch.clear();
      }
    } catch (IOException e) {
      // The child closed its input: its exit, or the deadline of the calls, tells the rest.
      LOG.debugf("%s: standard input is closed", server);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOutput() {
    try {
      new LineReader(process.getInputStream(), Json.MAX_MESSAGE)
          .readAll(
              new LineReader.Sink() {
                @Override
                public void line(byte[] buffer, int offset, int length) {
                  receive(buffer, offset, length);
                }

                @Override
                public void tooLong(byte[] excerpt) {
                  refuse(excerpt);
                }
              });
    } catch (IOException e) {
      LOG.debugf("%s: standard output is closed", server);
    } finally {
      outputEnded.complete(null);
      // A child that closed its output can answer nothing any more, even if it still runs.
      close();
    }
  }

  private void receive(byte[] buffer, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && buffer[from] <= ' ' && buffer[from] >= 0) {
      from++;
    }
    if (from == to) {
      return;
    }
    if (!treeNoted) {
      treeNoted = true;
      tree.note();
    }
    try {
      if (buffer[from] == '{' || buffer[from] == '[') {
        listener.received(Json.MAPPER.readTree(buffer, from, to - from));
        return;
      }
    } catch (IOException e) {
      // not JSON: logged below
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s: a message could not be handled", server);
      return;
    }
    String text = new String(buffer, from, Math.min(to - from, 400), StandardCharsets.UTF_8);
    LOG.warnf("%s: not a JSON-RPC message on standard output: %s", server, stderr.add(text));
  }

  /** A message larger than allowed: the call that waits for it is told, the connection goes on. */
  private void refuse(byte[] excerpt) {
    LOG.warnf("%s: an answer larger than %d MB was refused", server, Json.MAX_MESSAGE >> 20);
    String text = new String(excerpt, StandardCharsets.ISO_8859_1);
    Matcher ids = ID.matcher(text);
    String first = null;
    String last = null;
    while (ids.find()) {
      first = first == null ? ids.group(1) : first;
      last = ids.group(1);
    }
    if (first != null) {
      // {"jsonrpc":"2.0","id":1,"result":...} or {"result":...,"jsonrpc":"2.0","id":1}
      String id = text.indexOf("\"result\"") < text.indexOf("\"id\"") ? last : first;
      listener.tooLarge(Long.parseLong(id));
    }
  }

  private void readErrors() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        LOG.infof("%s: %s", server, stderr.add(line));
      }
    } catch (IOException e) {
      LOG.debugf("%s: standard error is closed", server);
    } finally {
      errorsEnded.complete(null);
    }
  }
}
