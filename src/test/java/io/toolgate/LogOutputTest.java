package io.toolgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogOutputTest {
  private static final byte[] KILOBYTE = ("x".repeat(1023) + "\n").getBytes(UTF_8);

  private final Reader reader = new Reader();
  private final LogOutput output = new LogOutput(reader);

  /** Who reads the log: counts how often it gets something, and takes nothing until it is let. */
  private static final class Reader extends OutputStream {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final StringBuffer text = new StringBuffer();
    private volatile int writes;
    private volatile int failures;
    private volatile boolean full;

    @Override
    public void write(int one) {
      throw new AssertionError("one byte at a time");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      entered.countDown();
      try {
        reading.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (full) {
        failures++;
        throw new IOException("No space left on device");
      }
      writes++;
      text.append(new String(bytes, offset, length, UTF_8));
    }
  }

  private void log(String line) throws IOException {
    output.write((line + "\n").getBytes(UTF_8));
  }

  @Test
  void writesWithoutBeingAskedTo() throws Exception {
    reader.reading.countDown();

    log("hello");

    Await.until("it is written", () -> reader.text.toString().equals("hello\n"));
  }

  @Test
  void writesManyLinesAtOnceInTheirOrder() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      log("line " + i);
    }
    reader.reading.countDown();
    output.close();

    String expected =
        IntStream.range(0, 10_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertEquals(expected, reader.text.toString());
    assertTrue(reader.writes < 100, "writes: " + reader.writes);
  }

  @Test
  void keepsTheOrderOfEachThread() throws Exception {
    reader.reading.countDown();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      int number = t;
      threads[t] =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 5000; i++) {
                    log(number + " " + i);
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    output.close();

    Map<String, Integer> next = new TreeMap<>();
    reader
        .text
        .toString()
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            line ->
                assertEquals(next.merge(line[0], 1, Integer::sum) - 1, Integer.valueOf(line[1])));
    assertEquals(Map.of("0", 5000, "1", 5000, "2", 5000, "3", 5000), next);
  }

  @Test
  void holdsUpNobodyWhenNothingIsReadAndSaysHowMuchIsMissing() throws Exception {
    log("first");
    reader.entered.await();
    int kilobytes = 3 * LogOutput.MOST_WAITING / 1024;
    for (int i = 0; i < kilobytes; i++) {
      output.write(KILOBYTE);
    }
    reader.reading.countDown();
    String gap = "\n(" + 2 * LogOutput.MOST_WAITING + " bytes of the log could not be written)\n";
    Await.until("the gap is told", () -> reader.text.toString().endsWith(gap));
    log("the next");

    String all =
        "first\n" + "x".repeat(1023).concat("\n").repeat(kilobytes / 3) + gap + "the next\n";
    Await.until("the log goes on", () -> reader.text.toString().equals(all));
  }

  @Test
  void saysHowMuchWasLostOnAFullDisk() throws Exception {
    reader.full = true;
    reader.reading.countDown();
    log("lost");
    reader.entered.await();
    Await.until("it was tried", () -> reader.failures == 1);
    reader.full = false;
    log("kept");

    Await.until(
        "the loss is told",
        () -> reader.text.toString().equals("kept\n\n(5 bytes of the log could not be written)\n"));
  }

  @Test
  void writesWhatIsLeftWhenItEndsAndThenEveryLineAtOnce() throws Exception {
    reader.reading.countDown();
    log("one");
    output.close();
    assertEquals("one\n", reader.text.toString());

    log("two");

    assertEquals("one\ntwo\n", reader.text.toString());
  }

  @Test
  void endsAlthoughNothingIsRead() throws Exception {
    log("one");

    output.close();
    log("two");

    reader.reading.countDown();
    Await.until("both are read", () -> reader.text.toString().equals("one\ntwo\n"));
  }
}
