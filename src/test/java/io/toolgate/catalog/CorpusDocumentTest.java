package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.upstream.McpTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The recorded tool lists of real servers, in one document. */
class CorpusDocumentTest {
  private static final Path CORPUS = Path.of("src/test/corpus");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyToolOfTheCorpusStandsInTheDocument() throws IOException {
    Catalog catalog = catalog();

    JsonNode paths = document(catalog).get("paths");

    int tools = 0;
    for (CatalogServer server : catalog.servers()) {
      for (Tool tool : server.tools()) {
        JsonNode operation = paths.path(tool.path()).path("post");
        assertEquals(tool.name(), operation.path("x-mcp-tool").asText(), tool.path());
        assertEquals(server.name(), operation.path("x-mcp-server").asText(), tool.path());
        tools++;
      }
      assertEquals(List.of(), server.notes());
    }
    assertEquals(tools, paths.size());
    assertTrue(tools >= 200, "the corpus holds " + tools + " tools");
  }

  @Test
  void everyOperationObeysTheSafeProfile() throws IOException {
    JsonNode paths = document(catalog()).get("paths");

    paths
        .properties()
        .forEach(
            path -> {
              JsonNode operation = path.getValue().get("post");
              assertFalse(operation.path("description").asText().isBlank(), path.getKey());
              JsonNode body = operation.path("requestBody");
              if (!body.isMissingNode()) {
                JsonNode schema = body.at("/content/application~1json/schema");
                SafeProfile.check(schema, path.getKey());
                assertFalse(schema.get("properties").isEmpty(), path.getKey());
              }
            });
  }

  @Test
  void everyParameterOfTheOriginalIsShown() throws IOException {
    Catalog catalog = catalog();

    JsonNode paths = document(catalog).get("paths");

    for (CatalogServer server : catalog.servers()) {
      for (Tool tool : server.tools()) {
        JsonNode shown =
            paths.path(tool.path()).at("/post/requestBody/content/application~1json/schema");
        boolean none = tool.mcp().inputSchema().path("properties").isEmpty();
        assertEquals(
            none ? tool.parameters().areText() ? Set.of("arguments") : Set.of() : null,
            none ? names(shown) : null,
            tool.path());
        tool.mcp()
            .inputSchema()
            .path("properties")
            .fieldNames()
            .forEachRemaining(
                name ->
                    assertTrue(
                        shown.get("properties").has(tool.parameters().names().shown(name)),
                        tool.path() + " " + name));
      }
    }
  }

  @Test
  void ofTheCorpusNineToolsNameNoArgumentsAndThirtyFiveTakeNone() throws IOException {
    List<Tool> tools =
        catalog().servers().stream().flatMap(server -> server.tools().stream()).toList();

    assertEquals(9, tools.stream().filter(tool -> tool.parameters().areText()).count());
    assertEquals(
        35,
        tools.stream()
            .filter(tool -> tool.parameters().shown().json().get("properties").isEmpty())
            .count());
  }

  private static Set<String> names(JsonNode shown) {
    Set<String> names = new HashSet<>();
    shown.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void whatEachServerIsPreparedAsMakesOneFileForEveryReader() throws Exception {
    Catalog catalog = catalog();
    catalog.servers().forEach(CatalogServer::prepare);
    Document document =
        new Documents("1", false, false).overall(catalog, server -> tool -> true, Prefix.NONE);

    byte[] gzip = Served.bytes(document, Kind.GZIP);

    byte[] json = Served.bytes(document, Kind.JSON);
    assertArrayEquals(json, new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes());
    assertArrayEquals(json, gunzip(gzip));
    assertTrue(gzip.length < json.length / 7, gzip.length + " of " + json.length);
  }

  /** By the program of that name. */
  private static byte[] gunzip(byte[] gzip) throws Exception {
    Path file = Files.createTempFile("document", ".gz");
    try {
      Files.write(file, gzip);
      Process program = new ProcessBuilder("gzip", "-dc", file.toString()).start();
      byte[] text = program.getInputStream().readAllBytes();
      assertEquals(0, program.waitFor());
      return text;
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void operationIdsAreValidAndUnique() throws IOException {
    JsonNode paths = document(catalog()).get("paths");

    Set<String> ids = new HashSet<>();
    for (JsonNode path : paths) {
      String id = path.at("/post/operationId").asText();
      assertTrue(id.matches("[A-Za-z_][A-Za-z0-9_-]{0,62}"), id);
      assertTrue(ids.add(id), id);
    }
  }

  private static JsonNode document(Catalog catalog) throws IOException {
    Documents documents = new Documents("1", false, false);
    return JSON.readTree(
        Served.bytes(documents.overall(catalog, server -> tool -> true, Prefix.NONE), Kind.JSON));
  }

  private static Catalog catalog() throws IOException {
    List<Listing> listings = new ArrayList<>();
    try (Stream<Path> files = Files.list(CORPUS)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        JsonNode tools =
            name.endsWith(".json")
                ? JSON.readTree(file.toFile()).path("tools")
                : JSON.missingNode();
        if (tools.isArray()) {
          List<McpTool> listed = new ArrayList<>();
          tools.forEach(tool -> listed.add(new McpTool((ObjectNode) tool)));
          String server = name.substring(0, name.length() - ".json".length());
          listings.add(new Listing(server, server, "", listed));
        }
      }
    }
    return Catalog.EMPTY.next(listings);
  }
}
