package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten lines a second, and time passes when the test says so. */
class ServerLogTest {
  private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
  private final List<Runnable> later = new ArrayList<>();
  private final Logger logger = Logger.getLogger("toolgate.server");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          shown.add(
              line.getParameters() == null
                  ? line.getMessage()
                  : String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private long now;
  private final ServerLog log = new ServerLog("s", 10, () -> now, later::add);

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
  }

  private void print(int lines) {
    IntStream.range(0, lines).forEach(i -> log.add(Level.INFO, () -> "line"));
  }

  @Test
  void anOddityIsToldOnce() {
    log.once("it answers twice");
    log.once("it answers twice");
    log.once("it answers late");

    assertEquals(List.of("s: it answers twice", "s: it answers late"), shown);
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void showsABurstWhole() {
    print(40);

    assertEquals(Collections.nCopies(40, "s: line"), shown);
  }

  @Test
  void countsWhatItLeavesOutOfAFlood() {
    print(40 + 12_345);

    pass(1000);

    assertEquals("s: ... 12,345 lines left out", shown.get(40));
    assertEquals(41, shown.size());
  }

  @Test
  void showsSoManyASecondOfAFloodThatGoesOn() {
    print(1000);
    shown.clear();

    for (int second = 0; second < 5; second++) {
      pass(1000);
      print(1000);
    }

    assertEquals(5 * (10 + 1), shown.size());
  }

  @Test
  void saysNothingOfLinesThatWereNotLeftOut() {
    print(5);

    pass(1000);

    assertEquals(5, shown.size());
  }

  @Test
  void makesNoTextThatIsNotShown() {
    print(40);

    log.add(
        Level.INFO,
        () -> {
          throw new AssertionError("made");
        });

    assertEquals(40, shown.size());
  }
}
