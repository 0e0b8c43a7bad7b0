package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.Await;
import io.toolgate.database.StartedDatabase;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.ToolFilter;
import io.toolgate.tenant.Transport;
import io.toolgate.upstream.ToolListStore.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a server's tool list to a row of a true PostgreSQL, and back. */
class ToolListsTest {
  private static final String ROWS = "SELECT server_id FROM mcp_proxy.tool_lists ORDER BY 1";

  private static StartedDatabase started;
  private static ToolListStore store;
  private final List<Kept> known = new CopyOnWriteArrayList<>();
  private final ToolLists lists = new ToolLists(store, () -> true);

  @BeforeAll
  static void start() throws Exception {
    started = StartedDatabase.embedded();
    store = new ToolListStore(started.database());
  }

  @AfterAll
  static void stop() {
    started.close();
  }

  @BeforeEach
  void nothingIsKept() {
    started.sql().run("TRUNCATE mcp_proxy.tool_lists");
  }

  private static ServerDefinition definition(String name, String... args) {
    return new ServerDefinition(
        name,
        name,
        "",
        "stdio",
        new Transport.Stdio("/bin/cat", List.of(args), Map.of("KEY", "s3cret"), Optional.empty()),
        Optional.empty(),
        ToolFilter.ALL,
        Optional.empty(),
        Optional.empty(),
        false,
        Set.of());
  }

  private static List<McpTool> tools(String... json) {
    List<McpTool> tools = new ArrayList<>();
    for (String tool : json) {
      tools.add(new McpTool((ObjectNode) Peer.json(tool)));
    }
    return tools;
  }

  private static List<String> rows() {
    return started.sql().run(ROWS);
  }

  private void awaitRows(ToolLists writing, String... servers) {
    Await.until(
        List.of(servers) + " are kept",
        () -> {
          writing.tick(known::addAll, Runnable::run);
          return rows().equals(List.of(servers));
        });
  }

  private void awaitRead(ToolLists reading) {
    Await.until(
        "the lists are read",
        () -> {
          reading.tick(known::addAll, Runnable::run);
          return reading.isRead();
        });
  }

  @Test
  void aListIsReadBackAsItWasWithItsPropertiesInTheirOrder() {
    String tool =
        "{\"name\":\"z\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{\"const\":1.10},"
            + "\"m\":{\"description\":\"\\u0000 ü 😀\"}}},\"annotations\":{\"readOnlyHint\":true}}";
    lists.learned(definition("s"), tools(tool, "{\"name\":\"a\"}"));
    awaitRows(lists, "s");
    known.clear();

    awaitRead(new ToolLists(store, () -> true));

    assertEquals(1, known.size());
    assertEquals(ToolLists.fingerprint(definition("s")), known.get(0).definition());
    assertEquals(
        List.of(tool, "{\"name\":\"a\"}"),
        known.get(0).tools().stream().map(kept -> kept.json().toString()).toList());
  }

  @Test
  void aNewerListTakesThePlaceOfTheOlder() {
    lists.learned(definition("s"), tools("{\"name\":\"old\"}"));
    awaitRows(lists, "s");

    lists.learned(definition("s"), tools("{\"name\":\"new\"}"));

    Await.until(
        "the new one is kept",
        () -> {
          lists.tick(known::addAll, Runnable::run);
          return started.sql().run("SELECT tools FROM mcp_proxy.tool_lists").get(0).contains("new");
        });
  }

  @Test
  void nothingIsAskedBeforeTheDatabaseIsThere() {
    AtomicBoolean there = new AtomicBoolean();
    ToolLists late = new ToolLists(store, there::get);
    late.learned(definition("s"), tools("{\"name\":\"a\"}"));
    late.tick(known::addAll, Runnable::run);
    assertFalse(late.isRead());

    there.set(true);

    awaitRead(late);
    awaitRows(late, "s");
  }

  @Test
  void aListThatCannotBeWrittenIsWrittenLater() {
    awaitRead(lists);
    started.sql().run("ALTER TABLE mcp_proxy.tool_lists RENAME TO tool_lists_gone");
    try {
      lists.learned(definition("s"), tools("{\"name\":\"a\"}"));
      for (int i = 0; i < 50; i++) {
        lists.tick(known::addAll, Runnable::run);
      }
    } finally {
      started.sql().run("ALTER TABLE mcp_proxy.tool_lists_gone RENAME TO tool_lists");
    }

    awaitRows(lists, "s");
  }

  @Test
  void oneListThatCannotBeWrittenKeepsNoOtherBack() {
    awaitRead(lists);
    started
        .sql()
        .run(
            "ALTER TABLE mcp_proxy.tool_lists ADD CONSTRAINT refused"
                + " CHECK (server_id NOT IN ('a', 'b', 'c'))");
    try {
      for (String server : List.of("a", "b", "c", "d")) {
        lists.learned(definition(server), tools("{\"name\":\"t\"}"));
      }

      awaitRows(lists, "d");
    } finally {
      started.sql().run("ALTER TABLE mcp_proxy.tool_lists DROP CONSTRAINT refused");
    }
    awaitRows(lists, "a", "b", "c", "d");
  }

  @Test
  void whatIsNoListOfToolsIsPassedOver() {
    started
        .sql()
        .run(
            "INSERT INTO mcp_proxy.tool_lists (server_id, definition, tools) VALUES"
                + " ('broken', 'x', '[{'), ('scalar', 'x', '7'), ('nameless', 'x', '[{}, 5]'),"
                + " ('good', 'x', '[{\"name\":\"a\"}, {\"name\":5}]')");

    awaitRead(lists);

    assertEquals(List.of("good"), known.stream().map(Kept::server).toList());
    assertEquals(1, known.get(0).tools().size());
  }

  @Test
  void theListOfAServerThatWasReachedOtherwiseIsNotUsed() {
    ServerDefinition same = definition("same", "-");
    ServerDefinition other = definition("other", "-");
    lists.learned(same, tools("{\"name\":\"a\"}"));
    lists.learned(definition("other", "--else"), tools("{\"name\":\"a\"}"));
    awaitRows(lists, "other", "same");
    Upstreams upstreams = Upstreaming.with(new ToolLists(store, () -> true));
    try {
      upstreams.define(List.of(same, other));

      upstreams.start();

      Await.until("the list is used", () -> tools(upstreams, "same") == 1);
      assertEquals(0, tools(upstreams, "other"));
    } finally {
      upstreams.stop(Duration.ofSeconds(20));
    }
  }

  private static int tools(Upstreams upstreams, String server) {
    return upstreams.find(server).orElseThrow().tools().size();
  }

  @Test
  void theFingerprintStandsForProgramAndArguments() {
    String one = ToolLists.fingerprint(definition("s", "a", "b"));

    assertEquals(one, ToolLists.fingerprint(definition("other", "a", "b")));
    assertNotEquals(one, ToolLists.fingerprint(definition("s", "ab")));
    assertNotEquals(one, ToolLists.fingerprint(definition("s", "a")));
    assertTrue(one.matches("[0-9a-f]{64}"), one);
  }
}
