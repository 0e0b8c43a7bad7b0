package io.toolgate.scripted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedOptionsTest {
  @TempDir Path folder;

  @Test
  void listsTheToolsOfAFileAsTheyAre() throws Exception {
    Path file = folder.resolve("tools.json");
    Files.writeString(file, "[{\"name\":\"a\",\"x\":1},{\"name\":\"a\"},7]");
    try (LineClient client = LineClient.of(Scripted.stdio().withoutBuiltins().tools(file))) {

      assertEquals(Json.read(Files.readString(file)), list(client, "{}").get("tools"));
      assertEquals("{\"tool\":\"a\",\"arguments\":{\"b\":2}}", client.text("a", "{'b':2}"));
    }
  }

  @Test
  void listsPageByPage() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio().withoutBuiltins().count(5).page(2))) {
      JsonNode first = list(client, "{}");
      JsonNode last = list(client, "{'cursor':'4'}");

      assertEquals(List.of("tool_0", "tool_1"), first.findValuesAsText("name"));
      assertEquals("2", first.get("nextCursor").asText());
      assertEquals(List.of("tool_4"), last.findValuesAsText("name"));
      assertFalse(last.has("nextCursor"));
    }
  }

  @Test
  void failsOnTheSecondPage() throws Exception {
    Scripted scripted = Scripted.stdio().withoutBuiltins().count(5).page(2).failPage(2);
    try (LineClient client = LineClient.of(scripted)) {
      JsonNode first = list(client, "{}");
      int second =
          client.send("tools/list", "{'cursor':'%s'}".formatted(first.get("nextCursor").asText()));

      assertEquals(-32603, client.answerTo(second).at("/error/code").intValue());
    }
  }

  @Test
  void pagesWithoutEnd() throws Exception {
    try (LineClient client =
        LineClient.of(Scripted.stdio().withoutBuiltins().count(2).endlessPaging())) {

      assertEquals(list(client, "{}"), list(client, "{'cursor':'again'}"));
      assertEquals("again", list(client, "{}").get("nextCursor").asText());
    }
  }

  @Test
  void listsBrokenEntriesBeforeGoodOnes() throws Exception {
    try (LineClient client =
        LineClient.of(Scripted.stdio().withoutBuiltins().count(1).brokenEntries())) {
      JsonNode tools = list(client, "{}").get("tools");

      assertTrue(tools.size() > 5);
      assertEquals("tool_0", tools.get(tools.size() - 1).get("name").asText());
    }
  }

  @Test
  void hasNoToolsAtAll() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio().withoutTools())) {
      int list = client.send("tools/list", "{}");

      assertEquals(-32601, client.answerTo(list).at("/error/code").intValue());
    }
  }

  @Test
  void answersInitializeAsTold() throws Exception {
    try (LineClient client =
        LineClient.of(
            Scripted.stdio().protocolVersion("1999-01-01").instructions("Be kind").banner("Hi"))) {
      int id = client.send("initialize", "{'protocolVersion':'2025-11-25'}");

      JsonNode result = client.answerTo(id).get("result");
      assertEquals("Hi", client.seen().get(0));
      assertEquals("1999-01-01", result.get("protocolVersion").asText());
      assertEquals("Be kind", result.get("instructions").asText());
    }
  }

  @Test
  void answersInitializeLate() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio().startDelay("300ms"))) {
      int initialize = client.send("initialize", "{}");
      int ping = client.send("ping", "{}");

      assertEquals(ping, client.next().get("id").intValue());
      assertEquals(initialize, client.next().get("id").intValue());
    }
  }

  @Test
  void staysSilentToAMethod() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio().noAnswerTo("tools/list"))) {
      client.send("tools/list", "{}");
      int ping = client.send("ping", "{}");

      assertEquals(ping, client.next().get("id").intValue());
    }
  }

  @Test
  void exitsAtStartWithItsReason() throws Exception {
    Process process =
        new ProcessBuilder(
                Scripted.stdio().stderr("no licence").stderr("bye").exitAtStart(3).command())
            .start();

    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(List.of("no licence", "bye"), errors.lines().toList());
    assertEquals(3, process.waitFor());
  }

  @Test
  void startsWellOnceHealed() throws Exception {
    Path cure = Files.createFile(folder.resolve("cure"));
    try (LineClient client = LineClient.of(Scripted.stdio().exitAtStart(3).healedBy(cure))) {

      assertEquals("hi", client.text("echo", "{'message':'hi'}"));
    }
  }

  @Test
  void floodsStandardError() throws Exception {
    Process process =
        new ProcessBuilder(Scripted.stdio().floodStderr(5000).exitAtStart(0).command()).start();

    assertEquals(5000 * 101, process.getErrorStream().readAllBytes().length);
  }

  @Test
  void endsWithItsInput() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio())) {
      client.process().getOutputStream().close();

      assertEquals(0, client.exitCode());
    }
  }

  @Test
  void livesOnWithoutInputAndAfterTermination() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio().ignoreStdinEof().ignoreTerm())) {
      client.text("pid", "{}");
      // Process.destroy() would close the streams as well.
      client.process().toHandle().destroy();
      assertEquals("still here", client.text("echo", "{'message':'still here'}"));
      client.process().getOutputStream().close();

      assertFalse(client.process().waitFor(300, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void recordsWhatItReceives() throws Exception {
    Path record = folder.resolve("record");
    try (LineClient client = LineClient.of(Scripted.stdio().record(record))) {
      client.text("echo", "{'message':'hi'}");

      JsonNode message = Json.read(Files.readString(record));
      assertEquals("tools/call", message.get("method").asText());
    }
  }

  @Test
  void sendsBigAnswersWithALargerHeap() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio().heap("512m"))) {

      assertEquals(70_000_000, client.text("big", "{'bytes':70000000}").length());
    }
  }

  @Test
  void answersALineThatIsNotJsonAsSuch() throws Exception {
    try (LineClient client = LineClient.of(Scripted.stdio())) {
      client.sendLine("{");

      assertEquals(-32700, client.next().at("/error/code").intValue());
    }
  }

  @Test
  void refusesUnknownOptions() {
    assertThrows(
        IllegalArgumentException.class, () -> Options.parse(List.of("--page", "3", "--pgae", "3")));
  }

  @Test
  void readsDurations() {
    Options options = Options.parse(List.of("--start-delay", "250ms"));

    assertEquals(Duration.ofMillis(250), options.duration(Option.START_DELAY));
    assertEquals(
        Duration.ofSeconds(2),
        Options.parse(List.of("--start-delay", "2s")).duration(Option.START_DELAY));
  }

  private static JsonNode list(LineClient client, String params) throws Exception {
    return client.answerTo(client.send("tools/list", params)).get("result");
  }
}
