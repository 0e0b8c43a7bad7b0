package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.toolgate.upstream.McpTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogTest {
  @Test
  void findsAToolByItsName() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x", "a/b c")));

    assertEquals("a/b c", catalog.find("a", "a/b c").orElseThrow().name());
    assertEquals(Optional.empty(), catalog.find("a", "y"));
    assertEquals(Optional.empty(), catalog.find("b", "x"));
  }

  @Test
  void knowsWhichNameTheDocumentShowsOfEachTool() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("my.srv", "plain"), listing("b", "x")));

    assertEquals(Map.of("plain", "my_srv_plain_5ab4ebbd"), catalog.names("my.srv"));
    assertEquals(Map.of("x", "b_x"), catalog.names("b"));
    assertEquals(Map.of(), catalog.names("gone"));
  }

  @Test
  void findsAToolByTheOlderFlatName() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a_b", "c"), listing("a", "b_c", "d e")));

    assertEquals("b_c", catalog.findFlat("a_b_c").orElseThrow().name());
    assertEquals("d e", catalog.findFlat("a_d e").orElseThrow().name());
    Tool hashed = catalog.find("a_b", "c").orElseThrow();
    assertSame(hashed, catalog.findFlat(hashed.operationId()).orElseThrow());
  }

  @Test
  void reachesAToolWhoseNameNoPathCanCarryByItsOperationId() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "..", ".", "")));

    for (Tool tool : catalog.server("a").orElseThrow().tools()) {
      assertEquals("/a/" + tool.operationId(), tool.path());
      assertSame(tool, catalog.find("a", tool.operationId()).orElseThrow());
      assertSame(tool, catalog.find("a", tool.name()).orElseThrow());
    }
  }

  @Test
  void keepsTheFirstOfTwoToolsOfOneName() {
    McpTool first = tool("x");

    CatalogServer server =
        Catalog.EMPTY
            .next(List.of(new Listing("a", "A", "", List.of(first, tool("y"), tool("x")))))
            .server("a")
            .orElseThrow();

    assertEquals(2, server.tools().size());
    assertSame(first, server.find("x").orElseThrow().mcp());
    assertEquals(List.of("x"), server.notes().stream().map(CatalogServer.Note::tool).toList());
  }

  @Test
  void leavesOutAToolWhosePathIsAnotherTools() {
    String id =
        Catalog.EMPTY.next(List.of(listing("a", "."))).find("a", ".").orElseThrow().operationId();

    CatalogServer server =
        Catalog.EMPTY.next(List.of(listing("a", ".", id))).server("a").orElseThrow();

    assertEquals(1, server.tools().stream().map(Tool::path).filter(("/a/" + id)::equals).count());
  }

  @Test
  void showsAServerThatHasNoToolsYet() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("b"), listing("a", "x")));

    assertEquals(List.of("b", "a"), catalog.servers().stream().map(CatalogServer::name).toList());
    assertTrue(catalog.server("b").orElseThrow().tools().isEmpty());
  }

  @Test
  void takesOverAServerThatDidNotChange() {
    Listing same = listing("a", "x");
    Catalog before = Catalog.EMPTY.next(List.of(same, listing("b", "x")));

    Catalog after =
        before.next(List.of(new Listing("a", "a", "", same.tools()), listing("b", "x")));

    assertEquals(before.version() + 1, after.version());
    assertSame(before.server("a").orElseThrow(), after.server("a").orElseThrow());
    assertNotSame(before.server("b").orElseThrow(), after.server("b").orElseThrow());
  }

  @Test
  void isTheSameWhenNothingIsDifferent() {
    Listing same = listing("a", "x");
    Catalog before = Catalog.EMPTY.next(List.of(same));

    assertSame(before, before.next(List.of(new Listing("a", "a", "", same.tools()))));
    assertNotSame(before, before.next(List.of(same, listing("b"))));
    assertNotSame(before, before.next(List.of(new Listing("a", "A", "", same.tools()))));
    assertNotSame(before, before.next(List.of()));
  }

  @Test
  void keepsWhatWasComputedForToolsThatAreDescribedAsBefore() {
    Catalog before = Catalog.EMPTY.next(List.of(listing("a", "x", "y")));
    McpTool other =
        new McpTool(
            JsonNodeFactory.instance.objectNode().put("name", "y").put("description", "New."));

    Catalog after =
        before.next(List.of(new Listing("a", "a", "", List.of(tool("z"), tool("x"), other))));

    assertSame(operation(before, "x"), operation(after, "x"));
    assertNotSame(operation(before, "y"), operation(after, "y"));
  }

  private static Operation operation(Catalog catalog, String tool) {
    return catalog.find("a", tool).orElseThrow().operation();
  }

  private static Listing listing(String server, String... tools) {
    return new Listing(server, server, "", Stream.of(tools).map(CatalogTest::tool).toList());
  }

  private static McpTool tool(String name) {
    return new McpTool(JsonNodeFactory.instance.objectNode().put("name", name));
  }
}
