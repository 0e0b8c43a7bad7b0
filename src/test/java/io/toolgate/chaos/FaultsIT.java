package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.chaos.BadLine.Fault;
import io.toolgate.chaos.Callers.Got;
import io.toolgate.chaos.Callers.Wanted;
import io.toolgate.product.Answer;
import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that misbehave in every way, beside one whose callers must not notice. */
class FaultsIT {
  private static final Scripted PLAIN = Scripted.stdio().withoutOddTools();
  private static final int TIMEOUT_SECONDS = 2;

  /** On top of what a call may take; the machine may be busy. */
  private static final int SLACK_MILLIS = 45_000;

  @TempDir private static Path folder;
  private static final Map<String, ScriptedProcess> REMOTE = new HashMap<>();
  private static final Map<String, BadLine> LINES = new HashMap<>();
  private static Product product;
  private static Callers steady;

  @BeforeAll
  static void start() throws Exception {
    Map<String, Definition> servers = new HashMap<>();
    servers.put("steady", Definition.of(PLAIN));
    servers.put("faulty", Definition.of(PLAIN.heap("700m")).with("timeout", "30s"));
    servers.put("patient", Definition.of(PLAIN).with("timeout", "500ms").with("deadline", "2s"));
    servers.put("changing", Definition.of(PLAIN));
    servers.put("from-the-future", Definition.of(PLAIN.protocolVersion("2099-01-01")));
    servers.put("gone", Definition.of(PLAIN.exitAtStart(3)));
    servers.put("missing", Definition.command("no-such-program"));
    servers.put("late", Definition.of(PLAIN.startDelay("2s")));
    add(servers, "json", Scripted.streamable().withoutOddTools());
    add(servers, "events", Scripted.streamable().withoutOddTools().answersWithEvents());
    add(servers, "old", Scripted.sse().withoutOddTools());
    add(servers, "absent", Scripted.streamable().withoutOddTools());
    LINES.get("absent").become(Fault.RESET);
    product = Product.serving(servers);
    product.awaitStatus("absent", "failed");
    LINES.get("absent").become(Fault.NONE);
    product.awaitReady("steady", "faulty", "patient", "json", "events", "old");
    steady = Callers.of(product, 4, i -> n -> new Wanted("/steady/slow", "{\"ms\":20}"));
  }

  private static void add(Map<String, Definition> servers, String name, Scripted scripted)
      throws Exception {
    ScriptedProcess running = scripted.start();
    BadLine line = BadLine.to(running.url());
    REMOTE.put(name, running);
    LINES.put(name, line);
    Definition definition =
        new Definition(Map.of("url", line.url(), "type", name.equals("old") ? "sse" : "http"));
    servers.put(name, definition.with("timeout", TIMEOUT_SECONDS + "s"));
  }

  /** Whoever called the good server meanwhile was served, whatever the others did. */
  @AfterAll
  static void nobodyElseNoticed() throws Exception {
    List<Got> all = steady.stop();
    product.close();
    for (String name : LINES.keySet()) {
      LINES.get(name).close();
      REMOTE.get(name).close();
    }

    assertEquals(List.of(), all.stream().filter(got -> !got.isOk()).toList());
    long longest = all.stream().mapToLong(Got::ms).max().orElseThrow();
    System.out.printf("%d calls of a good server, the longest %d ms%n", all.size(), longest);
    assertTrue(longest < SLACK_MILLIS, longest + " ms");
  }

  @ParameterizedTest
  @CsvSource({
    "garbage_then_answer, 200, {}",
    "answer_twice, 200, {}",
    "answer_unknown_id_first, 200, {}",
    "answer_with_string_id, 200, {}",
    "answer_in_pieces, 200, {\"message\":\"pieces\"}",
    "stderr, 200, '{\"line\":\"flood\",\"count\":20000}'",
    "big, 502, {\"bytes\":100000000}",
    "crash, 503, {}",
    "crash_after, 200, {}",
    "crash_in_answer, 503, {}",
    "hang_up, 503, {}"
  })
  void aFaultyServerCostsOneAnswerAtMost(String tool, int status, String arguments) {
    Got got = Callers.call(product, new Wanted("/faulty/" + tool, arguments));

    assertEquals(status, got.status(), got.text());
    product.post("/faulty/slow_look", "{\"ms\":0}").ok();
  }

  @Test
  void anAnswerThatNeverComesCostsItsTimeout() {
    Got got = Callers.call(product, new Wanted("/patient/never", "{}"));

    assertEquals("504 upstream-timeout", got.status() + " " + got.problem());
    assertTrue(got.ms() < SLACK_MILLIS, got.toString());
    product.post("/patient/slow_look", "{\"ms\":0}").ok();
  }

  @Test
  void answersOutOfOrderReachTheirCallers() {
    List<CompletableFuture<Answer>> calls = new ArrayList<>();
    for (int ms = 1000; ms >= 0; ms -= 100) {
      calls.add(product.postLater("/faulty/slow_look", "{\"ms\":" + ms / 2 + "}"));
    }

    for (int i = 0; i < calls.size(); i++) {
      int ms = 500 - 50 * i;
      assertEquals("\"answered after " + ms + " ms\"", calls.get(i).join().ok());
    }
  }

  @Test
  void progressPutsOffTheTimeout() {
    Answer answer = product.post("/patient/progress", "{\"steps\":10,\"ms\":100}");

    assertEquals("\"done\"", answer.ok());
  }

  @Test
  void progressDoesNotPutOffTheDeadline() {
    Got got = Callers.call(product, new Wanted("/patient/progress", "{\"steps\":1000,\"ms\":100}"));

    assertEquals(504, got.status(), got.text());
    assertTrue(got.ms() >= 1900, got.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "from-the-future, revision unknown here",
    "gone, exit code 3",
    "missing, was not found"
  })
  void oneThatCannotServeSaysWhy(String server, String reason) {
    String why = product.awaitStatus(server, "failed").path("reason").asText();

    assertTrue(why.contains(reason), why);
    Got got = Callers.call(product, new Wanted("/" + server + "/echo", "{}"));
    assertEquals("503 upstream-unavailable", got.status() + " " + got.problem());
  }

  @Test
  void aSchemaThatChangesCountsFromThenOn() {
    product.awaitReady("changing");
    String before = "{\"a\":1,\"b\":2}";
    String after = "{\"a\":\"1\",\"more\":\"2\"}";
    assertEquals("3", product.post("/changing/add", before).ok());

    product.post("/changing/change_schema", "{}").ok();

    product.await("the new one counts", () -> product.post("/changing/add", after).status() == 200);
    assertEquals(422, product.post("/changing/add", before).status());
    assertTrue(product.get("/changing/openapi.json").text().contains("\"more\""));
  }

  @Test
  void oneThatStartsLateServesLate() {
    product.awaitReady("late");

    assertEquals("\"m\"", product.post("/late/echo", "{\"message\":\"m\"}").ok());
  }

  @Test
  void aRemoteThatWasDownAtTheStartIsFound() {
    product.awaitReady("absent");

    assertEquals("\"m\"", product.post("/absent/echo", "{\"message\":\"m\"}").ok());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void aRemoteIsBackWhenItsLineIsGoodAgain(Fault fault) {
    List<Wanted> wanted = new ArrayList<>();
    for (String server : List.of("json", "events", "old")) {
      product.awaitReady(server);
      LINES.get(server).become(fault);
      wanted.add(new Wanted("/" + server + "/echo", "{\"message\":\"m\"}"));
      wanted.add(new Wanted("/" + server + "/slow_look", "{\"ms\":0}"));
    }

    List<Got> during = Callers.together(product, wanted);

    for (Got got : during) {
      assertTrue(Set.of(502, 503, 504).contains(got.status()), fault + ": " + got);
      assertTrue(got.ms() < TIMEOUT_SECONDS * 2000 + SLACK_MILLIS, fault + ": " + got);
    }
    for (String server : List.of("json", "events", "old")) {
      LINES.get(server).become(Fault.NONE);
    }
    for (String server : List.of("json", "events", "old")) {
      product.await(
          server + " serves again",
          () -> product.post("/" + server + "/echo", "{\"message\":\"m\"}").status() == 200);
    }
  }
}
