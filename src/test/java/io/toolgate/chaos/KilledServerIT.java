package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.chaos.Callers.Got;
import io.toolgate.chaos.Callers.Wanted;
import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed again and again while many call it. */
class KilledServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLERS = 16;
  private static final Duration DEADLINE = Duration.ofSeconds(100);

  /** Of these only the last may not be repeated. */
  private static final List<String> TOOLS = List.of("slow_look", "slow_again", "slow");

  @TempDir private static Path folder;

  @Test
  void callersBarelyNoticeIt() throws IOException {
    Path record = folder.resolve("record-of-mortal");
    Scripted mortal = Scripted.stdio().withoutOddTools().record(record);
    Map<String, Definition> servers =
        Map.of("mortal", Definition.of(mortal).with("deadline", DEADLINE.toSeconds() + "s"));
    List<Long> direct = new ArrayList<>();
    List<Long> recovered = new ArrayList<>();
    List<Got> all;

    try (Product product = Product.serving(servers, Map.of("RESTART_WAIT", "20s"))) {
      product.awaitReady("mortal");
      Tree tree = new Tree(product);
      Span span = Span.begin();
      try (Callers callers = Callers.of(product, CALLERS, KilledServerIT::mixed)) {
        for (int n = 0; n < 5 || !span.isOver(); n++) {
          direct.add(DirectStart.millis(Scripted.stdio().withoutOddTools()));
          int done = callers.count();
          long earliest = Span.nextDeath();
          product.await(
              "all callers are served again",
              () -> callers.count() > done + 2 * CALLERS && System.nanoTime() >= earliest);

          tree.server(record.toString()).destroyForcibly();

          Got next = Callers.call(product, wanted("slow_look", 0, "next-" + n));
          assertEquals(200, next.status(), next.text());
          recovered.add(next.ms());
        }
        all = callers.stop();
      }
    }

    System.out.printf(
        "killed %d times: %d calls, %d of unknown outcome; own start %d ms, next call after %d ms"
            + " (medians; %s and %s)%n",
        recovered.size(),
        all.size(),
        all.stream().filter(got -> !got.isOk()).count(),
        median(direct),
        median(recovered),
        direct,
        recovered);
    assertNoCallHangs(all);
    assertEveryOneIsServedOrUnknown(all);
    assertNothingIsDoneTwice(all, executions(record));
    assertTrue(median(recovered) <= median(direct) * 3 + 5_000, "slow to recover");
  }

  private static IntFunction<Wanted> mixed(int caller) {
    String tool = TOOLS.get(caller % TOOLS.size());
    return n -> wanted(tool, ThreadLocalRandom.current().nextInt(10, 60), "c" + caller + "-" + n);
  }

  private static Wanted wanted(String tool, int ms, String note) {
    return new Wanted("/mortal/" + tool, "{\"ms\":" + ms + ",\"note\":\"" + note + "\"}");
  }

  private static void assertNoCallHangs(List<Got> all) {
    long longest = all.stream().mapToLong(Got::ms).max().orElseThrow();
    assertTrue(longest < DEADLINE.toMillis(), longest + " ms");
  }

  private static void assertEveryOneIsServedOrUnknown(List<Got> all) {
    List<Got> unserved = all.stream().filter(got -> !got.isOk()).toList();
    assertEquals(
        List.of(),
        unserved.stream()
            .filter(
                got ->
                    !got.wanted().path().endsWith("/slow")
                        || got.status() != 503
                        || !got.problem().equals("outcome-unknown")
                        || got.retryAfter().isPresent())
            .toList());
    assertTrue(unserved.size() > 0, "no call was in the way");
  }

  private static void assertNothingIsDoneTwice(List<Got> all, Map<String, Integer> executions)
      throws IOException {
    for (Got got : all) {
      int times = executions.getOrDefault(note(got.wanted()), 0);
      boolean once = got.wanted().path().endsWith("/slow");
      assertTrue(times <= (once ? 1 : 2), got + " was done " + times + " times");
      assertTrue(times >= 1 || !got.isOk(), got + " was never done");
    }
  }

  private static String note(Wanted wanted) throws IOException {
    return JSON.readTree(wanted.body()).path("note").asText();
  }

  /** How often the server was told to do each. */
  private static Map<String, Integer> executions(Path record) throws IOException {
    Map<String, Integer> times = new HashMap<>();
    for (String line : Files.readAllLines(record)) {
      JsonNode message = JSON.readTree(line);
      if (message.path("method").asText().equals("tools/call")) {
        times.merge(message.at("/params/arguments/note").asText(), 1, Integer::sum);
      }
    }
    return times;
  }

  private static long median(List<Long> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }
}
