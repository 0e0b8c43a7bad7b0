package io.toolgate.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What goes to a child's standard input: by the sender itself where that surely cannot block, which
 * spares a change of threads; else by a thread of its own, which writes all that waits at once.
 *
 * <p>Invariants: messages are written whole and in the order in which they were sent. A sender
 * writes only while what the child may not have read yet, its own message included, fits into the
 * smallest pipe that Linux hands out: two pages (pipe(7)), of which up to one is lost where writes
 * do not fill theirs. What a call's answer proves to have been read, and all before it, has left
 * the pipe; see {@link CallIds}.
 *
 * <p>Threading: any thread sends, and waits at most for another's write that does not block either;
 * one thread is in {@link #writeWaiting}.
 */
final class ChildInput {
  private static final int SURELY_FITS = 4096;

  /** Bytes that may wait for a child which does not read; one message larger than that may pass. */
  private static final int MOST_WAITING = 32 * 1024 * 1024;

  private final OutputStream pipe;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long sent;
  private boolean writing;
  private boolean ended;
  private IOException broken;
  private volatile long read;

  ChildInput(OutputStream pipe) {
    this.pipe = pipe;
  }

  /**
   * Sends a message, which gets a line of its own.
   *
   * @return its end, in bytes since the beginning, for {@link #read}; negative when it was not
   *     taken, because too much waits already
   */
  synchronized long send(byte[] message) {
    int length = message.length + 1;
    if (waitingBytes + length > MOST_WAITING && length < waitingBytes) {
      return -1;
    }
    sent += length;
    if (!writing && !ended && waiting.isEmpty() && sent - read <= SURELY_FITS) {
      writeNow(message);
    } else {
      waiting.add(message);
      waitingBytes += length;
      notifyAll();
    }
    return sent;
  }

  private void writeNow(byte[] message) {
    try {
      write(message);
      pipe.flush();
    } catch (IOException e) {
      broken = e;
      notifyAll();
    }
  }

  private void write(byte[] message) throws IOException {
    pipe.write(message);
    pipe.write('\n');
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
   * Writes what waits, until the end; then the child's input ends.
   *
   * @throws IOException when the child has closed its input
   */
  void writeWaiting() throws IOException, InterruptedException {
    try (pipe) {
      for (List<byte[]> batch = next(); !batch.isEmpty(); batch = next()) {
        for (byte[] message : batch) {
          write(message);
        }
        pipe.flush();
      }
    }
  }

  /** What waits, when there is something; empty at the end. */
  private synchronized List<byte[]> next() throws IOException, InterruptedException {
    writing = false;
    while (waiting.isEmpty() && !ended && broken == null) {
      wait();
    }
    if (broken != null) {
      throw broken;
    }
    writing = true;
    List<byte[]> batch = new ArrayList<>(waiting);
    waiting.clear();
    waitingBytes = 0;
    return batch;
  }
}
