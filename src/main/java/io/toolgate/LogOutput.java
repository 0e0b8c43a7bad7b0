package io.toolgate;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * What the log goes through on its way to standard output: a thread of its own writes what was
 * logged meanwhile, under load hundreds of lines at once.
 *
 * <p>Invariants: whoever logs waits for nobody who reads the log, be it a pager or a log driver
 * that hangs. What is logged keeps its order, is written {@value #COLLECTING_MILLIS} ms later at
 * the latest unless the reader is slower, and goes missing only where it cannot be written, or
 * while {@value #MOST_WAITING} bytes wait behind those being written; the log says how much. After
 * {@link #close} each line is written at once by whoever logs it, unless the reader hangs even
 * then.
 *
 * <p>Threading: any thread writes.
 */
final class LogOutput extends OutputStream {
  static final int MOST_WAITING = 4 * 1024 * 1024;
  private static final int COLLECTING_MILLIS = 10;
  private static final int KEPT = 256 * 1024;
  private static final long LAST_PATIENCE_MILLIS = 1000;

  private final OutputStream out;
  private final Thread writer = new Thread(this::writeCollected, "log");
  private ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private ByteArrayOutputStream spare = new ByteArrayOutputStream();
  private boolean full;
  private long missing;
  private boolean closing;
  private boolean closed;

  LogOutput(OutputStream out) {
    this.out = out;
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Puts itself behind the log's console handler, if there is one. It writes past {@code
   * System.out}, whose lock a reader that hangs would hold against everybody.
   *
   * @param stream standard output or error
   */
  static Optional<LogOutput> install(FileDescriptor stream) {
    return console(Logger.getLogger("").getHandlers())
        .map(
            console -> {
              LogOutput output = new LogOutput(new FileOutputStream(stream));
              console.setOutputStream(output);
              return output;
            });
  }

  private static Optional<ConsoleHandler> console(Handler... handlers) {
    for (Handler handler : handlers) {
      Optional<ConsoleHandler> found =
          handler instanceof ConsoleHandler console
              ? Optional.of(console)
              : handler instanceof ExtHandler outer
                  ? console(outer.getHandlers())
                  : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] text, int offset, int length) throws IOException {
    if (!collect(text, offset, length)) {
      out.write(text, offset, length);
      out.flush();
    }
  }

  private synchronized boolean collect(byte[] text, int offset, int length) {
    if (closed) {
      return false;
    }
    full |= collected.size() + length > MOST_WAITING;
    if (full) {
      missing += length; // and all that follows until this batch is taken, so that it is one gap
      return true;
    }
    if (collected.size() == 0) {
      notifyAll();
    }
    collected.write(text, offset, length);
    return true;
  }

  /** Without effect: what was logged is on its way. */
  @Override
  public void flush() {}

  private void writeCollected() {
    try {
      for (ByteArrayOutputStream batch = next(); batch != null; batch = next()) {
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(ByteArrayOutputStream batch) {
    try {
      batch.writeTo(out);
      out.flush();
    } catch (IOException e) {
      lost(batch.size()); // the disk may have room again later
    }
    ByteArrayOutputStream empty = batch.size() <= KEPT ? batch : new ByteArrayOutputStream();
    empty.reset();
    synchronized (this) {
      spare = empty;
    }
  }

  private synchronized void lost(int length) {
    missing += length;
  }

  /** What was collected, a moment after the first of it came; null at the end. */
  private synchronized ByteArrayOutputStream next() throws InterruptedException {
    while (collected.size() == 0 && !closing) {
      wait();
    }
    if (!closing) {
      TimeUnit.MILLISECONDS.timedWait(this, COLLECTING_MILLIS);
    }
    if (collected.size() == 0) {
      closed = true;
      return null;
    }
    ByteArrayOutputStream batch = collected;
    collected = spare;
    full = false;
    if (missing > 0) {
      batch.writeBytes(
          ("\n(" + missing + " bytes of the log could not be written)\n")
              .getBytes(StandardCharsets.UTF_8));
      missing = 0;
    }
    return batch;
  }

  /**
   * Writes what is left, and from then on everything at once. Whoever does not read gets a second;
   * what is logged then may be lost, but holds up nobody.
   */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    boolean interrupted = Thread.interrupted();
    try {
      writer.join(LAST_PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
