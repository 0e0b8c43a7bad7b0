package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.CatalogServer;
import io.toolgate.catalog.Cut;
import io.toolgate.catalog.Document;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.catalog.Documents;
import io.toolgate.catalog.Listing;
import io.toolgate.catalog.Prefix;
import io.toolgate.catalog.Served;
import io.toolgate.catalog.Tool;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.McpTool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** For every tool, documents, listings and calls say the same. */
class AgreementTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random = new Random(5);
  private final Documents documents = new Documents("1", false, false);

  @Test
  void documentsListingsAndCallsAgreeOnRandomGrants() throws IOException {
    int decided = 0;
    int granted = 0;
    for (int round = 0; round < 40; round++) {
      Catalog catalog = catalog();
      for (int caller = 0; caller < 10; caller++) {
        Map<String, Set<String>> grants = grants(catalog);
        Cut cut = server -> grants.getOrDefault(server, Set.of())::contains;

        Set<String> described = described(documents.overall(catalog, cut, Prefix.NONE));

        Set<String> ofGroup = described(documents.ofGroup(catalog, "g", cut, new Prefix("p")));
        for (CatalogServer server : catalog.servers()) {
          Set<String> ofServer =
              described(documents.of(catalog, server.name(), cut, Prefix.NONE).orElseThrow());
          List<Tool> listed = cut.of(server);
          for (Tool tool : server.tools()) {
            boolean expected = cut.toolsOf(server.name()).test(tool.name());
            String name = server.name() + "/" + tool.name();
            assertEquals(expected, described.contains(name), name);
            assertEquals(expected, ofGroup.contains(name), name);
            assertEquals(expected, ofServer.contains(name), name);
            assertEquals(expected, listed.contains(tool), name);
            assertEquals(expected, called(catalog, grants::containsKey, cut, tool), name);
            decided++;
            granted += expected ? 1 : 0;
          }
        }
      }
    }
    assertTrue(granted > decided / 5 && granted < decided * 4 / 5, granted + " of " + decided);
  }

  private static boolean called(Catalog catalog, Predicate<String> servers, Cut cut, Tool tool) {
    ToolAddress address = new ToolAddress.Flat(tool.operationId());
    Optional<Tool> meant = address.findIn(catalog);
    try {
      Tool found =
          new Granted(catalog, servers, cut)
              .tool(tool.server(), address.tool(), meant, Optional::empty);
      assertEquals(tool, found);
      return true;
    } catch (ProblemException refusal) {
      assertEquals(Problem.NOT_GRANTED, refusal.problem());
      return false;
    }
  }

  private static Set<String> described(Document document) throws IOException {
    Set<String> tools = new HashSet<>();
    for (JsonNode item : JSON.readTree(Served.bytes(document, Kind.JSON)).get("paths")) {
      JsonNode operation = item.get("post");
      tools.add(
          operation.get("x-mcp-server").asText() + "/" + operation.get("x-mcp-tool").asText());
    }
    return tools;
  }

  /** Some servers, of each some tools; perhaps ones that do not exist. */
  private Map<String, Set<String>> grants(Catalog catalog) {
    Map<String, Set<String>> grants = new HashMap<>();
    for (CatalogServer server : catalog.servers()) {
      if (random.nextInt(4) > 0) {
        Set<String> tools = new HashSet<>(Set.of("gone"));
        server.tools().stream()
            .filter(tool -> random.nextInt(3) > 0)
            .forEach(tool -> tools.add(tool.name()));
        grants.put(server.name(), tools);
      }
    }
    return grants;
  }

  /** Names collide, need hashing, and cannot stand in paths. */
  private Catalog catalog() {
    List<Listing> listings = new ArrayList<>();
    for (String server : List.of("a", "a_b", "b", "9", "a-b")) {
      Set<String> names = new HashSet<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        names.add(text());
      }
      List<McpTool> tools =
          names.stream()
              .map(name -> new McpTool(JsonNodeFactory.instance.objectNode().put("name", name)))
              .toList();
      listings.add(new Listing(server, server, "", tools));
    }
    return Catalog.EMPTY.next(listings);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int length = 1 + random.nextInt(3); length > 0; length--) {
      text.append("ab_. /ü".charAt(random.nextInt(7)));
    }
    return text.toString();
  }
}
