package io.toolgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.database.Eventually;
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
    private final CountDownLatch reading = new CountDownLatch(1);
    private final StringBuffer text = new StringBuffer();
    private volatile int writes;

    @Override
    public void write(int one) {
      throw new AssertionError("one byte at a time");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        reading.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
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

    Eventually.holds("it is written", () -> reader.text.toString().equals("hello\n"));
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
    int kilobytes = 3 * LogOutput.MOST_WAITING / 1024;
    for (int i = 0; i < kilobytes; i++) {
      output.write(KILOBYTE);
    }
    reader.reading.countDown();
    int most = 2 * LogOutput.MOST_WAITING; // on their way, and collected meanwhile
    Eventually.holds("what was kept is read", () -> reader.text.length() >= most / 2);
    log("the next");
    output.close();

    String text = reader.text.toString();
    int written = text.lastIndexOf("x\n") + 2;
    int missing = kilobytes * 1024 - written;
    assertTrue(written <= most, "kept: " + written);
    assertEquals(
        "(" + missing + " bytes of the log are missing: nobody read it in time)\nthe next\n",
        text.substring(written));
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
    Eventually.holds("both are read", () -> reader.text.toString().equals("one\ntwo\n"));
  }
}
