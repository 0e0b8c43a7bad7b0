package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.Await;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against true pipes. */
class ChildInputTest {
  private static final String KILOBYTE = "x".repeat(1000);

  private Process child;
  private ChildInput input;
  private Thread writer;

  /** As outside of event loops. */
  private EventLoops loops = otherwise -> otherwise;

  @AfterEach
  void end() throws InterruptedException {
    if (child == null) {
      return;
    }
    input.end();
    child.destroyForcibly().waitFor();
    if (writer != null) {
      writer.join();
    }
  }

  @Test
  void writesWithoutAnotherThreadWhatFits() throws Exception {
    start("cat");
    try (BufferedReader output = output()) {

      input.send(bytes("hello"));

      assertEquals("hello", output.readLine());
    }
  }

  @Test
  void writesAtOnceWhatOneTurnSends() throws Exception {
    List<Runnable> atTheEnd = new ArrayList<>();
    List<String> writes = new ArrayList<>();
    ChildInput counted = new ChildInput(counting(writes), otherwise -> atTheEnd::add);

    counted.send(bytes("one"));
    counted.send(bytes("two"));
    assertEquals(List.of(), writes);
    atTheEnd.remove(0).run();
    counted.send(bytes("three"));

    assertEquals(List.of("one\ntwo\n"), writes);
    assertEquals(1, atTheEnd.size());
  }

  @Test
  void waitsForNoOtherThreadsTurn() throws Exception {
    AtomicBoolean endless = new AtomicBoolean(true);
    loops = otherwise -> endless.get() ? never -> {} : otherwise;
    start("cat");
    try (BufferedReader output = output()) {
      input.send(bytes("of a thread that is busy for long"));
      endless.set(false);

      Thread other = new Thread(() -> input.send(bytes("of another")));
      other.start();

      assertEquals("of a thread that is busy for long", output.readLine());
      assertEquals("of another", output.readLine());
      other.join();
    }
  }

  @Test
  void tellsTheOtherThreadWhenAWriteFails() throws Exception {
    List<Runnable> atTheEnd = new ArrayList<>();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("closed");
          }
        };
    ChildInput broken = new ChildInput(closed, otherwise -> atTheEnd::add);

    broken.send(bytes("hello"));
    atTheEnd.remove(0).run();

    assertThrows(IOException.class, broken::writeWaiting);
  }

  /** One entry for each write that reaches the pipe. */
  private static OutputStream counting(List<String> writes) {
    return new BufferedOutputStream(
        new OutputStream() {
          @Override
          public void write(int one) {
            throw new AssertionError("one byte at a time");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
          }
        });
  }

  @Test
  void leavesToTheOtherThreadWhatMayNotFit() throws Exception {
    start("cat");
    IntStream.range(0, 5).forEach(i -> input.send(bytes(KILOBYTE)));
    try (BufferedReader output = output()) {
      for (int i = 0; i < 4; i++) {
        assertEquals(KILOBYTE, output.readLine());
      }
      assertFalse(output.ready());

      write();

      assertEquals(KILOBYTE, output.readLine());
    }
  }

  @Test
  void writesWithoutAnotherThreadAgainWhenAllHasBeenRead() throws Exception {
    start("cat");
    try (BufferedReader output = output()) {
      for (int i = 0; i < 100; i++) {
        input.read(input.send(bytes(KILOBYTE)));
        assertEquals(KILOBYTE, output.readLine());
      }
    }
  }

  @Test
  void neverHoldsUpWhoeverSendsToAChildThatDoesNotRead() throws Exception {
    start("sleep", "1000");
    write();
    CountDownLatch sent = new CountDownLatch(1);

    Thread sender =
        new Thread(
            () -> {
              IntStream.range(0, 1000).forEach(i -> input.send(bytes(KILOBYTE)));
              sent.countDown();
            });
    sender.setDaemon(true);
    sender.start();

    Await.until("all is sent", () -> sent.getCount() == 0);
  }

  @Test
  void takesNoMoreForAChildThatDoesNotReadThanItMay() throws Exception {
    start("sleep", "1000");
    byte[] megabyte = bytes("x".repeat(1 << 20));

    long taken = IntStream.range(0, 100).filter(i -> input.send(megabyte) > 0).count();

    assertEquals(31, taken);
  }

  @Test
  void keepsTheOrderOfEachSender() throws Exception {
    start("cat");
    write();
    List<Thread> senders =
        IntStream.range(0, 4)
            .mapToObj(
                sender ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < 5000; i++) {
                            long end = input.send(bytes(sender + " " + i));
                            if (i % 7 == 0) {
                              input.read(end - 4000);
                            }
                          }
                        }))
            .toList();
    senders.forEach(Thread::start);

    Map<String, Integer> last = new HashMap<>();
    try (BufferedReader output = output()) {
      for (int i = 0; i < 20_000; i++) {
        String[] line = output.readLine().split(" ");
        assertEquals(last.merge(line[0], 1, Integer::sum) - 1, Integer.parseInt(line[1]));
      }
    }
  }

  @Test
  void endsWhenTheChildClosesItsInput() throws Exception {
    start("true");
    write();
    child.waitFor();

    input.send(bytes("hello"));

    Await.until("the writer has ended", () -> !writer.isAlive());
  }

  @Test
  void writesWhatWaitsBeforeItEnds() throws Exception {
    start("cat");
    IntStream.range(0, 200).forEach(i -> input.send(bytes(KILOBYTE)));
    input.end();

    write();

    try (BufferedReader output = output()) {
      assertEquals(200, output.lines().count());
    }
  }

  private void start(String... command) throws IOException {
    child = new ProcessBuilder(command).start();
    input = new ChildInput(child.getOutputStream(), loops);
  }

  private BufferedReader output() {
    return new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
  }

  private void write() {
    writer =
        new Thread(
            () -> {
              try {
                input.writeWaiting();
              } catch (IOException | InterruptedException ended) {
                // The test looks at what was written.
              }
            });
    writer.setDaemon(true);
    writer.start();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
