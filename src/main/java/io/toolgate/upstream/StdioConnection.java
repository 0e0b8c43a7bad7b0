package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.tenant.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * An MCP server that runs as our child process: one JSON-RPC message per line on its standard input
 * and output.
 *
 * <p>Invariants: the child's end is noticed at once and reported once; what is not a message on its
 * standard output is logged and skipped; its standard error is always drained, and comes into the
 * log as far as {@link ServerLog} lets it; ending the connection ends the child's whole process
 * tree, and the threads and pipes with it.
 *
 * <p>Threading: one reader thread owns standard output, one standard error, one writes what {@link
 * ChildInput} does not let the sender write, and one waits for the end, so that the news of a death
 * queues behind nothing.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio">MCP,
 *     stdio</a>
 */
final class StdioConnection implements Connection {
  private static final Logger LOG = Logger.getLogger("toolgate.server");

  private static final int LAST_WORDS_MILLIS = 500;

  /** A program that ends closes its output a moment before its end is known. */
  private static final int LAST_OF_THE_PROGRAM_MILLIS = 500;

  private static final int LAST_SIGNAL = 31;

  /** Of what the child prints for people, in bytes. */
  private static final int LONGEST_TEXT = 64 * 1024;

  private final String server;
  private final Listener listener;
  private final StderrTail stderr;
  private final ServerLog log;
  private final Process process;
  private final ProcessTree tree;
  private final ChildInput input;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
  private final CompletableFuture<Void> errorsEnded = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private boolean treeNoted;

  private StdioConnection(
      String server,
      ProcessTree tree,
      EventLoops loops,
      StderrTail stderr,
      ServerLog log,
      Listener listener) {
    this.server = server;
    this.log = log;
    this.process = tree.root();
    this.tree = tree;
    this.input = new ChildInput(process.getOutputStream(), loops);
    this.stderr = stderr;
    this.listener = listener;
  }

  /**
   * Starts the child.
   *
   * @throws IOException when the program is missing or cannot be started
   */
  static StdioConnection open(
      String server, Transport.Stdio stdio, StderrTail stderr, Listener listener, Children children)
      throws IOException {
    StdioConnection connection =
        new StdioConnection(
            server,
            children.start(server, stdio, stdio.env()),
            children.loops(),
            stderr,
            children.log(server),
            listener);
    connection.run();
    return connection;
  }

  private void run() {
    thread("out", this::readOutput);
    thread("err", this::readErrors);
    thread("in", this::writeInput);
    thread("end", this::awaitEnd);
  }

  private void awaitEnd() {
    try {
      int code = process.waitFor();
      // What the child printed last explains its end, so it is waited for, but not for ever: a
      // grandchild may hold the streams open.
      CompletableFuture.allOf(outputEnded, errorsEnded)
          .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
          .join();
      over(closeReason(code));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void over(String reason) {
    closing.set(true);
    input.end();
    if (ended.complete(reason)) {
      listener.closed(reason);
      tree.end();
    }
  }

  private void thread(String role, Runnable work) {
    Thread thread = new Thread(work, "mcp-" + server + "-" + role);
    thread.setDaemon(true);
    thread.start();
  }

  private String closeReason(int code) {
    return code > 128 && code <= 128 + LAST_SIGNAL
        ? "The server's process was ended by signal " + (code - 128) + "."
        : "The server's process ended with exit code " + code + ".";
  }

  @Override
  public long send(ObjectNode message, Map<String, String> headers) {
    if (closing.get()) {
      // Told when it is known how the child ended and what it printed last.
      ended.thenAccept(reason -> listener.notSent(message, new SendFailure(Effect.NONE, reason)));
      return 0;
    }
    long end = input.send(Json.bytes(message));
    if (end < 0) {
      listener.notSent(
          message, new SendFailure(Effect.NONE, "The server does not read what is sent to it."));
    }
    return end;
  }

  @Override
  public void answered(long receipt) {
    input.read(receipt);
  }

  @Override
  public CompletableFuture<Void> close() {
    if (closing.compareAndSet(false, true)) {
      input.end();
    }
    return tree.end();
  }

  private void writeInput() {
    try {
      input.writeWaiting();
    } catch (IOException e) {
      LOG.debugf("%s: standard input is closed", server);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // A child that closed its input can be asked nothing any more, even if it still runs.
      close();
    }
  }

  private void readOutput() {
    try {
      new LineReader(process.getInputStream(), Json.MAX_MESSAGE)
          .readAll(
              new LineReader.Sink() {
                @Override
                public void line(byte[] buffer, int offset, int length) {
                  receive(buffer, offset, length, true);
                }

                @Override
                public void rest(byte[] buffer, int offset, int length) {
                  receive(buffer, offset, length, false);
                }

                @Override
                public void tooLong(byte[] excerpt) {
                  refuse(excerpt, Json.TOO_LARGE);
                }
              });
    } catch (IOException e) {
      LOG.debugf("%s: standard output is closed", server);
    } finally {
      outputEnded.complete(null);
      close();
      awaitEndWithoutOutput();
    }
  }

  /** A child that closed its output can answer nothing any more, even if it still runs. */
  private void awaitEndWithoutOutput() {
    try {
      if (!process.waitFor(LAST_OF_THE_PROGRAM_MILLIS, TimeUnit.MILLISECONDS)) {
        over("The server closed its standard output.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param isEnded by a line feed; what is not may be half of a message, and whoever waits for the
   *     whole is told how the server ended
   */
  private void receive(byte[] buffer, int offset, int length, boolean isEnded) {
    int to = offset + length;
    int from = MessageReader.begin(buffer, offset, to);
    if (from == to) {
      return;
    }
    if (!treeNoted) {
      treeNoted = true;
      tree.note();
    }
    try {
      Optional<JsonNode> message = MessageReader.read(buffer, from, to);
      if (message.isPresent()) {
        listener.received(message.get());
        return;
      }
    } catch (IOException e) {
      if (isEnded) {
        refuse(Excerpt.of(buffer, from, to - from), Json.UNREADABLE);
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s: a message could not be handled", server);
      return;
    }
    String junk = text(buffer, from, to - from);
    stderr.add(junk);
    log.add(
        Logger.Level.WARN,
        () -> "not a JSON-RPC message on standard output: " + stderr.shown(junk));
  }

  /** The call that waits for the answer is told, and the connection goes on. */
  private void refuse(byte[] excerpt, String reason) {
    Excerpt.answeredId(excerpt)
        .ifPresent(
            id -> {
              log.add(Logger.Level.WARN, () -> "an answer was refused: " + reason);
              listener.refused(id, reason);
            });
  }

  private void readErrors() {
    try {
      new LineReader(process.getErrorStream(), LONGEST_TEXT)
          .readAll(
              new LineReader.Sink() {
                @Override
                public void line(byte[] buffer, int offset, int length) {
                  printed(text(buffer, offset, length));
                }

                @Override
                public void tooLong(byte[] excerpt) {
                  printed("(a line of more than " + (LONGEST_TEXT >> 10) + " KB)");
                }
              });
    } catch (IOException e) {
      LOG.debugf("%s: standard error is closed", server);
    } finally {
      errorsEnded.complete(null);
    }
  }

  /** A progress bar starts its line again and again; what it said last is enough. */
  private void printed(String line) {
    String whole = line.stripTrailing();
    String last = whole.substring(whole.lastIndexOf('\r') + 1);
    stderr.add(last);
    log.add(Logger.Level.INFO, () -> stderr.shown(last));
  }

  private static String text(byte[] buffer, int offset, int length) {
    return new String(buffer, offset, Math.min(length, LONGEST_TEXT), StandardCharsets.UTF_8);
  }
}
