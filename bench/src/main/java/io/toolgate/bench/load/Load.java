package io.toolgate.bench.load;

import io.toolgate.bench.report.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connections, and the exact time of every call on them, for what wrk cannot tell: calls of
 * several kinds, each kind with its own times, and calls that fall due at a fixed rate.
 *
 * <p>Closed: each connection sends its next call as soon as it has its answer. So the rate is what
 * the server allows, and a slow server is asked less. Paced: calls fall due evenly in time whatever
 * the server does, each goes out on the connection that has been idle for longest, and its time
 * counts from when it was due, also while none was idle.
 *
 * <p>Threading: one thread reads all answers. Paced, the caller's thread sends, so that it can wait
 * for the moment precisely; a connection is with the one or the other, handed over by a queue and
 * by its {@code due}, which is volatile.
 */
public final class Load implements AutoCloseable {
  /** Which kind of call the n-th one is. */
  public interface Mix {
    int kind(long n);
  }

  /**
   * @param milliseconds of the calls of each kind
   * @param errors answers that were not 200, of all kinds
   * @param firstError the first of them, or nothing
   */
  public record Result(List<Samples> milliseconds, double rate, long errors, String firstError) {}

  private final Selector selector = Selector.open();
  private final List<Line> lines = new ArrayList<>();
  private final BlockingQueue<Line> idle;
  private final byte[][] requests;
  private final Mix mix;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18);

  private List<Times> times;
  private long sent;
  private long answered;
  private long errors;
  private String firstError = "";

  /** Connects; the n-th call is {@code kinds.get(mix.kind(n))}. */
  public Load(int connections, List<Request> kinds, Mix mix) throws IOException {
    this.mix = mix;
    requests = kinds.stream().map(Request::bytes).toArray(byte[][]::new);
    idle = new ArrayBlockingQueue<>(connections);
    for (int i = 0; i < connections; i++) {
      Line line = new Line(kinds.get(0));
      lines.add(line);
      idle.add(line);
    }
  }

  /** One connection, which has at most one call under way. */
  private final class Line {
    final SocketChannel channel;
    final ResponseReader answer = new ResponseReader();
    int kind;
    volatile long due;

    Line(Request to) throws IOException {
      channel =
          SocketChannel.open(new InetSocketAddress(to.address().getHost(), to.address().getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(long when) throws IOException {
      kind = mix.kind(sent++);
      due = when;
      // A request is smaller than the buffer of a socket on which nothing is under way.
      if (channel.write(ByteBuffer.wrap(requests[kind])) != requests[kind].length) {
        throw new IOException("A request did not fit into the socket.");
      }
    }
  }

  /** Times of one kind, in an array that grows. */
  private static final class Times {
    private double[] values = new double[1 << 12];
    private int count;

    void add(double milliseconds) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = milliseconds;
    }

    Samples samples() {
      return new Samples(Arrays.copyOf(values, count));
    }
  }

  private void begin() {
    times = new ArrayList<>();
    for (int i = 0; i < requests.length; i++) {
      times.add(new Times());
    }
    sent = 0;
    answered = 0;
    errors = 0;
  }

  private Result result(double seconds) {
    List<Samples> samples = times.stream().map(Times::samples).toList();
    return new Result(samples, answered / seconds, errors, firstError);
  }

  /** Runs closed until so many calls are answered, or so much time has passed. */
  public Result closed(long calls, double seconds) throws IOException {
    begin();
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    idle.clear();
    for (Line line : lines) {
      line.send(System.nanoTime());
    }
    while (answered < sent) {
      read(
          line -> {
            long now = System.nanoTime();
            if (sent < calls && now < end) {
              line.send(now);
            } else {
              idle.add(line);
            }
          });
    }
    return result((System.nanoTime() - begun) / 1e9);
  }

  /** Runs so many calls per second for so many seconds. */
  public Result paced(double rate, double seconds) throws IOException, InterruptedException {
    begin();
    long calls = (long) (rate * seconds);
    IOException[] failure = new IOException[1];
    Thread reader = new Thread(() -> failure[0] = readAll(calls), "load-reader");
    reader.start();
    long begun = System.nanoTime();
    for (long n = 0; n < calls && reader.isAlive(); n++) {
      long due = begun + (long) (n / rate * 1e9);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      Line line = null;
      while (line == null && reader.isAlive()) {
        line = idle.poll(1, TimeUnit.SECONDS);
      }
      if (line != null) {
        line.send(due);
      }
    }
    reader.join();
    if (failure[0] != null) {
      throw failure[0];
    }
    return result((System.nanoTime() - begun) / 1e9);
  }

  /** Sends one call on each connection and waits for nothing. */
  public void send() throws IOException {
    begin();
    idle.clear();
    for (Line line : lines) {
      line.send(System.nanoTime());
    }
  }

  private IOException readAll(long calls) {
    try {
      while (answered < calls) {
        read(idle::add);
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private interface Next {
    void after(Line line) throws IOException;
  }

  private void read(Next next) throws IOException {
    if (selector.select(60_000) == 0) {
      throw new IOException("No answer for a minute.");
    }
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      Line line = (Line) keys.next().attachment();
      keys.remove();
      in.clear();
      if (line.channel.read(in) < 0) {
        throw new IOException("A connection was closed.");
      }
      in.flip();
      long due = line.due;
      if (line.answer.read(in)) {
        times.get(line.kind).add((System.nanoTime() - due) / 1e6);
        answered++;
        if (line.answer.status() != 200) {
          errors++;
          firstError = line.answer.status() + " " + line.answer.body();
        }
        next.after(line);
      }
    }
  }

  /** Closes all connections, also those whose calls are under way. */
  @Override
  public void close() throws IOException {
    for (Line line : lines) {
      line.channel.close();
    }
    selector.close();
  }
}
