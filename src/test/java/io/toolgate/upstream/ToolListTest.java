package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolListTest {
  private final Peer peer = new Peer();

  private CompletableFuture<List<McpTool>> read(Function<JsonNode, String> pages) {
    peer.answers("tools/list", pages);
    return ToolList.read("s", peer.session, Duration.ofMinutes(1));
  }

  private static List<String> names(CompletableFuture<List<McpTool>> tools) {
    return tools.join().stream().map(McpTool::name).toList();
  }

  private static String page(String cursor, String... tools) {
    String next = cursor == null ? "" : ",\"nextCursor\":\"" + cursor + "\"";
    return "{\"tools\":[" + String.join(",", tools) + "]" + next + "}";
  }

  private static String tool(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  @Test
  void readsAllPagesInOrder() {
    CompletableFuture<List<McpTool>> tools =
        read(
            params ->
                switch (params.path("cursor").asText()) {
                  case "" -> page("2", tool("b"), tool("a"));
                  case "2" -> page("3");
                  default -> page(null, tool("c"));
                });

    assertEquals(List.of("b", "a", "c"), names(tools));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"again\"", "7", "0", "false"})
  void aCursorThatComesAgainEndsTheList(String cursor) {
    CompletableFuture<List<McpTool>> tools =
        read(params -> "{\"tools\":[" + tool("a") + "],\"nextCursor\":" + cursor + "}");

    assertEquals(List.of("a"), names(tools));
    assertEquals(Peer.json(cursor), peer.lastSent().at("/params/cursor"));
    assertEquals(2, peer.sent.size());
  }

  @Test
  void anEmptyCursorIsOneLikeAnyOther() {
    CompletableFuture<List<McpTool>> tools =
        read(params -> params.has("cursor") ? page(null, tool("b")) : page("", tool("a")));

    assertEquals(List.of("a", "b"), names(tools));
  }

  @ParameterizedTest
  @CsvSource({"'', -32603", "'', 17", "x, -32602", "'', -32602", "x, -32601"})
  void aCursorThatTheServerDoesNotKnowEndsTheList(String cursor, int code) {
    CompletableFuture<List<McpTool>> tools =
        read(params -> params.has("cursor") ? null : page(cursor, tool("a")));
    Await.until("the second page is asked for", () -> peer.sent.size() == 2);

    peer.says("{\"id\":2,\"error\":{\"code\":" + code + ",\"message\":\"no\"}}");

    assertEquals(List.of("a"), names(tools));
  }

  @Test
  void aListWithoutNewsIsEndedWithWhatWasRead() {
    AtomicInteger pages = new AtomicInteger();

    CompletableFuture<List<McpTool>> tools =
        read(params -> page("p" + pages.incrementAndGet(), tool("a"), tool("b")));

    assertEquals(List.of("a", "b"), names(tools));
    assertTrue(pages.get() < 100, pages.toString());
  }

  @Test
  void aListThatTakesTooLongIsEndedWithWhatWasRead() {
    AtomicInteger pages = new AtomicInteger();
    peer.answers(
        "tools/list",
        params -> page("p" + pages.incrementAndGet(), tool("t" + pages.get()), tool("a")));

    CompletableFuture<List<McpTool>> tools =
        ToolList.read("s", peer.session, Duration.ofMillis(40));

    assertTrue(names(tools).containsAll(List.of("t1", "a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"tools\":null}", "{\"tools\":[]}", "{\"_meta\":{},\"nextCursor\":null}"})
  void anAbsentListIsAnEmptyOne(String answer) {
    assertEquals(List.of(), names(read(params -> answer)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-32601, -32600, -32603, -32602})
  void aServerThatDeclaresNoToolsMayHaveNone(int code) {
    peer.session.declaresTools(false);
    CompletableFuture<List<McpTool>> tools =
        ToolList.read("s", peer.session, Duration.ofMinutes(1));

    peer.says("{\"id\":1,\"error\":{\"code\":" + code + ",\"message\":\"no\"}}");

    assertEquals(List.of(), names(tools));
  }

  @Test
  void aServerThatDeclaresNoToolsAndDoesNotAnswerHasNone() {
    peer.session.declaresTools(false);
    CompletableFuture<List<McpTool>> tools =
        ToolList.read("s", peer.session, Duration.ofMinutes(1));

    peer.session.expire(System.nanoTime() + Duration.ofSeconds(16).toNanos());

    assertEquals(List.of(), names(tools));
  }

  @Test
  void aServerThatDeclaresToolsAndKnowsNoListIsMistaken() {
    CompletableFuture<List<McpTool>> tools =
        ToolList.read("s", peer.session, Duration.ofMinutes(1));

    peer.says("{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no\"}}");

    assertEquals(Problem.NOT_FOUND, Peer.problem(tools).problem());
  }

  @Test
  void theFirstOfTwoToolsOfOneNameCounts() {
    CompletableFuture<List<McpTool>> tools =
        read(params -> page(null, "{\"name\":\"a\",\"title\":\"first\"}", tool("a"), tool("b")));

    assertEquals(List.of("a", "b"), names(tools));
    assertEquals("first", tools.join().get(0).title().orElseThrow());
  }

  @Test
  void anEntryThatIsNoToolCostsOnlyItself() {
    CompletableFuture<List<McpTool>> tools =
        read(
            params ->
                page(null, "5", "null", "\"x\"", "{}", "{\"name\":7}", tool(""), "[]", tool("a")));

    assertEquals(List.of("a"), names(tools));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}"})
  void aNextCursorThatIsNoTextEndsTheList(String cursor) {
    CompletableFuture<List<McpTool>> tools =
        read(params -> "{\"tools\":[" + tool("a") + "],\"nextCursor\":" + cursor + "}");

    assertEquals(List.of("a"), names(tools));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"tools\":{}}", "{\"tools\":\"a\"}", "{\"tools\":false}", "{\"content\":[]}"})
  void refusesAnAnswerWithoutAListOfTools(String answer) {
    CompletableFuture<List<McpTool>> tools = read(params -> answer);

    assertEquals(Problem.UPSTREAM_INVALID, Peer.problem(tools).problem());
  }

  @Test
  void keepsAToolsDescriptionAsItIs() {
    String tool = "{\"name\":\"a\",\"inputSchema\":true,\"x-own\":[1.10,1e400]}";

    assertEquals(Peer.json(tool), read(params -> page(null, tool)).join().get(0).json());
  }

  @Test
  void aToolOfMoreThanAMegabyteIsLeftOut() {
    String large = "{\"name\":\"large\",\"description\":\"" + "x".repeat(1024 * 1024) + "\"}";

    CompletableFuture<List<McpTool>> tools =
        read(params -> page(null, tool("a"), large, tool("b")));

    assertEquals(List.of("a", "b"), names(tools));
  }

  @Test
  void aListOfMoreThan64MegabytesIsRefused() {
    String padding = "\",\"description\":\"" + "x".repeat(1000 * 1024) + "\"}";
    AtomicInteger count = new AtomicInteger();

    CompletableFuture<List<McpTool>> tools =
        read(
            params ->
                page(
                    "p" + count.incrementAndGet(),
                    "{\"name\":\"" + count + padding,
                    "{\"name\":\"again-" + count + padding));

    assertEquals("The server's tool list is too large.", Peer.problem(tools).detail());
    assertEquals(33, count.get());
  }

  @Test
  void tooManyToolsAreRefusedOnASinglePageToo() {
    String[] entries =
        IntStream.rangeClosed(0, 20_000).mapToObj(i -> tool("t" + i)).toArray(String[]::new);

    CompletableFuture<List<McpTool>> tools = read(params -> page(null, entries));

    assertEquals("The server's tool list is too large.", Peer.problem(tools).detail());
  }
}
