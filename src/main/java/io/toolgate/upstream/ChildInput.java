package io.toolgate.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What goes to a child's standard input. What the calls of one turn of an event loop send is
 * written at once: by that loop where it surely cannot block, which spares a change of threads;
 * else by a thread of its own.
 *
 * <p>Invariants: messages are written whole and in the order in which they were sent. A sender's
 * thread writes only while what the child may not have read yet, the new messages included, fits
 * into the smallest pipe that Linux hands out: two pages (pipe(7)), of which up to one is lost
 * where writes do not fill theirs. What a call's answer proves to have been read, and all before
 * it, has left the pipe; see {@link CallIds}. That a child leaves its pipe as it got it is relied
 * on: one that fills or shrinks it on purpose holds up an event loop.
 *
 * <p>Threading: any thread sends; none waits for another's write. One thread is in {@link
 * #writeWaiting}.
 */
final class ChildInput {
  private static final int SURELY_FITS = 4096;

  /** Bytes that may wait for a child which does not read; one message larger than that may pass. */
  private static final int MOST_WAITING = 32 * 1024 * 1024;

  private final OutputStream pipe;
  private final EventLoops loops;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long sent;
  private Thread flushesSoon;
  private boolean writing;
  private boolean ended;
  private IOException broken;
  private volatile long read;

  ChildInput(OutputStream pipe, EventLoops loops) {
    this.pipe = pipe;
    this.loops = loops;
  }

  /**
   * Sends a message, which gets a line of its own.
   *
   * @return its end, in bytes since the beginning, for {@link #read}; negative when it was not
   *     taken, because too much waits already
   */
  long send(byte[] message) {
    int length = message.length + 1;
    long end;
    synchronized (this) {
      if (waitingBytes + length > MOST_WAITING && length < waitingBytes) {
        return -1;
      }
      waiting.add(message);
      waitingBytes += length;
      sent += length;
      end = sent;
      if (writing || flushesSoon == Thread.currentThread()) {
        return end;
      }
      flushesSoon = Thread.currentThread(); // no other's, which may be busy for long
    }
    loops.current(Runnable::run).execute(this::flush);
    return end;
  }

  /** Writes what waits while that cannot block; else wakes the thread that may be blocked. */
  private void flush() {
    List<byte[]> batch = first();
    while (!batch.isEmpty()) {
      IOException failure = new IOException("A write ended halfway.");
      try {
        write(batch);
        failure = null;
      } catch (IOException e) {
        failure = e;
      } finally {
        batch = following(failure);
      }
    }
  }

  private synchronized List<byte[]> first() {
    flushesSoon = null;
    return writing ? List.of() : whatFits(); // whoever writes will see to the rest
  }

  private synchronized List<byte[]> following(IOException failure) {
    writing = false;
    broken = failure;
    return whatFits();
  }

  private List<byte[]> whatFits() {
    if (ended || broken != null || sent - read > SURELY_FITS) {
      notifyAll();
      return List.of();
    }
    return take();
  }

  private List<byte[]> take() {
    List<byte[]> batch = new ArrayList<>(waiting);
    writing = !batch.isEmpty();
    waiting.clear();
    waitingBytes = 0;
    return batch;
  }

  private void write(List<byte[]> batch) throws IOException {
    for (byte[] message : batch) {
      pipe.write(message);
      pipe.write('\n');
    }
    pipe.flush();
  }

  /**
   * The child has read up to there. One thread tells so.
   *
   * @param end of a message, see {@link #send}
   */
  void read(long end) {
    if (end > read) {
      read = end;
    }
  }

  /** Nothing more is sent; what waits is still written. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Writes what waits whenever a sender may not, until the end; then the child's input ends.
   *
   * @throws IOException when the child has closed its input
   */
  void writeWaiting() throws IOException, InterruptedException {
    try (pipe) {
      for (List<byte[]> batch = next(); !batch.isEmpty(); batch = next()) {
        write(batch);
        written();
      }
    }
  }

  private synchronized void written() {
    writing = false;
  }

  /** What waits, when there is something; empty at the end. */
  private synchronized List<byte[]> next() throws IOException, InterruptedException {
    while (writing || waiting.isEmpty() && !ended && broken == null) {
      wait();
    }
    if (broken != null) {
      throw broken;
    }
    return take();
  }
}
