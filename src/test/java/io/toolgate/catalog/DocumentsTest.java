package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.toolgate.Await;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.upstream.McpTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
  private static final Cut ALL = server -> tool -> true;

  private final Documents documents = new Documents("1", false, false);

  @Test
  void keepsADocumentForEveryoneWhoSeesTheSameTools() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x", "y"), listing("b", "x")));

    Document first = overall(catalog, only("a/x", "b/x"));

    assertSame(first, overall(catalog, only("b/x", "a/x", "a/other", "c/x")));
    assertNotSame(first, overall(catalog, only("a/x")));
    assertNotSame(first, overall(catalog, only("a/y", "b/x")));
    assertNotSame(first, overall(catalog, ALL));
  }

  @Test
  void holdsOnlyTheToolsThatAreVisible() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x", "y"), listing("b", "x", "z")));

    JsonNode document = read(overall(catalog, only("a/y", "b/x")));

    assertEquals(List.of("/a/y", "/b/x"), names(document.get("paths")));
    assertEquals(List.of("a", "b"), document.get("tags").findValuesAsText("name"));
  }

  @Test
  void aServerWithoutAVisibleToolLeavesNoTrace() {
    Catalog catalog =
        Catalog.EMPTY.next(List.of(listing("a", "x"), listing("secret", "y"), listing("secrets")));

    byte[] document = Served.bytes(overall(catalog, only("a/x", "secret/other")), Kind.JSON);

    assertFalse(new String(document, StandardCharsets.UTF_8).contains("secret"));
  }

  @Test
  void theDocumentOfOneServerIsCutToo() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x", "y"), listing("b", "x")));

    JsonNode some = read(ofServer(catalog, "a", only("a/y", "b/x")).orElseThrow());
    JsonNode none = read(ofServer(catalog, "a", only()).orElseThrow());

    assertEquals(List.of("/y"), names(some.get("paths")));
    assertEquals(List.of(), names(none.get("paths")));
  }

  @Test
  void keepsDocumentsApartThatHashAlike() {
    String[] tools = IntStream.range(0, 33).mapToObj(i -> "t" + i).toArray(String[]::new);
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("s", tools)));

    Document first = overall(catalog, only("s/t0"));

    assertEquals(
        new Selection(catalog.servers(), only("s/t0")).hashCode(),
        new Selection(catalog.servers(), only("s/t32")).hashCode());
    assertNotSame(first, overall(catalog, only("s/t32")));
  }

  @Test
  void keepsDocumentsOfOneServerApart() {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x"), listing("b", "x")));

    Document ofA = ofServer(catalog, "a", ALL).orElseThrow();

    assertSame(ofA, ofServer(catalog, "a", only("a/x")).orElseThrow());
    assertNotSame(ofA, ofServer(catalog, "b", ALL).orElseThrow());
    assertNotSame(ofA, overall(catalog, only("a/x")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aToolHasOneNameWhateverElseIsVisible(boolean mcpoNames) throws IOException {
    Catalog catalog =
        Catalog.EMPTY.next(List.of(listing("a", "b_c", "x-y", "x_y"), listing("a_b", "c")));
    Documents named = new Documents("1", mcpoNames, false);

    Set<String> names = new HashSet<>();
    for (String tool : List.of("a/b_c", "a/x-y", "a/x_y", "a_b/c")) {
      String server = tool.substring(0, tool.indexOf('/'));
      String name = id(named.overall(catalog, only(tool), Prefix.NONE), "/" + tool);
      names.add(name);

      assertEquals(id(named.overall(catalog, ALL, Prefix.NONE), "/" + tool), name);
      String path = tool.substring(tool.indexOf('/'));
      assertEquals(
          id(named.of(catalog, server, ALL, Prefix.NONE).orElseThrow(), path),
          id(named.of(catalog, server, only(tool), Prefix.NONE).orElseThrow(), path));
    }
    assertEquals(4, names.size());
  }

  @Test
  void prefixesTheNamesAndNothingElse() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x", "y"), listing("b", "x")));
    JsonNode plain = read(overall(catalog, ALL));

    JsonNode prefixed = read(documents.overall(catalog, ALL, new Prefix("mine")));

    assertEquals(List.of("mine_a_x", "mine_a_y", "mine_b_x"), ids(prefixed));
    plain
        .get("paths")
        .forEach(
            item -> {
              ObjectNode operation = (ObjectNode) item.get("post");
              operation.put("operationId", "mine_" + operation.get("operationId").asText());
            });
    assertEquals(plain, prefixed);
  }

  @Test
  void prefixesTheNamesInTheDocumentOfOneServer() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x-y"), listing("b", "x")));
    Documents asMcpo = new Documents("1", true, false);
    Prefix prefix = new Prefix("p-");

    assertEquals(
        List.of("p-a_x-y"), ids(read(documents.of(catalog, "a", ALL, prefix).orElseThrow())));
    assertEquals(
        List.of("p-tool_x_y_post"), ids(read(asMcpo.of(catalog, "a", ALL, prefix).orElseThrow())));
  }

  @Test
  void aPrefixedNameIsTheSameWhateverElseIsVisible() throws IOException {
    String longName = "x".repeat(60);
    Catalog few = Catalog.EMPTY.next(List.of(listing("a", longName + "1", longName + "2")));
    Catalog more =
        few.next(List.of(listing("b", "x"), listing("a", longName + "1", longName + "2")));
    Prefix prefix = new Prefix("mine");

    List<String> ids = ids(read(documents.overall(few, ALL, prefix)));

    assertEquals(
        ids.subList(1, 2), ids(read(documents.overall(few, only("a/" + longName + "2"), prefix))));
    assertEquals(ids, ids(read(documents.overall(more, ALL, prefix))).subList(1, 3));
  }

  @Test
  void keepsPrefixedDocumentsToo() {
    Catalog catalog = catalog(3);

    Document first = documents.overall(catalog, ALL, new Prefix("a"));

    assertSame(first, documents.overall(catalog, ALL, new Prefix("a_")));
    assertNotSame(first, documents.overall(catalog, ALL, new Prefix("a-")));
    assertNotSame(first, overall(catalog, ALL));
  }

  @Test
  void manyPrefixesDriveOutNoOtherDocuments() {
    Catalog catalog = catalog(3);
    Document plain = overall(catalog, ALL);

    for (int i = 0; i < 300; i++) {
      documents.overall(catalog, ALL, new Prefix("p" + i)).form(Kind.JSON).join();
    }

    assertSame(plain, overall(catalog, ALL));
    assertEquals(64 + 1, documents.size());
  }

  @Test
  void theDocumentOfAGroupNamesItAndHasPathsRelativeToIt() throws IOException {
    Catalog catalog = Catalog.EMPTY.next(List.of(listing("a", "x", "y"), listing("b", "x")));

    JsonNode document = read(documents.ofGroup(catalog, "Sales \"EU\"", only("a/y"), Prefix.NONE));

    assertEquals("Toolgate: Sales \"EU\"", document.at("/info/title").asText());
    assertEquals("The tools of the group Sales \"EU\".", document.at("/info/description").asText());
    assertEquals("./", document.at("/servers/0/url").asText());
    assertEquals(List.of("/a/y"), names(document.get("paths")));
    assertEquals(List.of("a_y"), ids(document));
  }

  @Test
  void keepsDocumentsOfGroupsApart() {
    Catalog catalog = catalog(2);

    Document of = documents.ofGroup(catalog, "g", ALL, Prefix.NONE);

    assertSame(of, documents.ofGroup(catalog, "g", only("s0/t", "s1/t"), Prefix.NONE));
    assertNotSame(of, documents.ofGroup(catalog, "h", ALL, Prefix.NONE));
    assertNotSame(of, overall(catalog, ALL));
  }

  @Test
  void isEmptyForAnUnknownServer() {
    assertTrue(ofServer(catalog(1), "other", ALL).isEmpty());
  }

  @Test
  void makesTheSameBytesAndTagAgain() {
    Document.Form one = overall(catalog(3), ALL).form(Kind.JSON).join();

    Document.Form other =
        new Documents("1", false, false)
            .overall(catalog(3), ALL, Prefix.NONE)
            .form(Kind.JSON)
            .join();

    assertArrayEquals(one.bytes(), other.bytes());
    assertEquals(one.etag(), other.etag());
  }

  @Test
  void tagsAreQuotedAndDifferBetweenFormsAndContents() {
    Document document = overall(catalog(3), ALL);

    String tag = document.form(Kind.JSON).join().etag();

    assertTrue(tag.matches("\"[A-Za-z0-9_-]+\""), tag);
    assertNotEquals(tag, document.form(Kind.GZIP).join().etag());
    assertNotEquals(tag, document.form(Kind.YAML).join().etag());
    assertNotEquals(tag, overall(catalog(2), ALL).form(Kind.JSON).join().etag());
  }

  @Test
  void gzipHoldsTheJson() throws IOException {
    Document document = overall(catalog(3), ALL);

    byte[] unpacked =
        new GZIPInputStream(new ByteArrayInputStream(Served.bytes(document, Kind.GZIP)))
            .readAllBytes();

    assertArrayEquals(Served.bytes(document, Kind.JSON), unpacked);
  }

  @Test
  void yamlSaysTheSameAsJson() throws IOException {
    Document document = overall(catalog(3), ALL);

    JsonNode yaml = new ObjectMapper(new YAMLFactory()).readTree(Served.bytes(document, Kind.YAML));

    assertEquals(new ObjectMapper().readTree(Served.bytes(document, Kind.JSON)), yaml);
  }

  @Test
  void yamlQuotesStatusCodes() {
    byte[] yaml = Served.bytes(overall(catalog(1), ALL), Kind.YAML);

    assertTrue(new String(yaml, StandardCharsets.UTF_8).contains("\"200\":"));
  }

  @Test
  void buildsOnceWhenManyAskAtOnce() throws Exception {
    Catalog catalog = catalog(50);
    int threads = 64;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    Callable<Document.Form> ask =
        () -> {
          together.await();
          return overall(catalog, ALL).form(Kind.GZIP).join();
        };
    try {
      List<Future<Document.Form>> answers = executor.invokeAll(Collections.nCopies(threads, ask));

      Set<Document.Form> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<Document.Form> answer : answers) {
        distinct.add(answer.get());
      }
      assertTrue(distinct.size() <= 2, "the quick one, and perhaps the thorough one already");
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void oneThatIsAskedForAgainIsCompressedAgain() throws IOException {
    Document document = overall(catalog(500), only("s1/t", "s2/t", "s3/t", "s4/t", "s5/t"));
    Document.Form quick = document.form(Kind.GZIP).join();

    Await.until("it is compressed again", () -> document.form(Kind.GZIP).join() != quick);
    Document.Form again = document.form(Kind.GZIP).join();

    assertNotEquals(quick.etag(), again.etag());
    assertTrue(again.length() < quick.length(), again.length() + " and " + quick.length());
    assertEquals(again.bytes().length, document.size());
    assertArrayEquals(unpacked(quick.bytes()), unpacked(again.bytes()));
  }

  @Test
  void whatIsPreparedChangesNothing() throws IOException {
    Cut most = servers(server -> !server.equals("s3"));
    Catalog prepared = catalog(9);
    prepared.servers().forEach(CatalogServer::prepare);

    Document document = overall(prepared, most);

    assertArrayEquals(
        Served.bytes(
            new Documents("1", false, false).overall(catalog(9), most, Prefix.NONE), Kind.JSON),
        Served.bytes(document, Kind.JSON));
    assertArrayEquals(
        Served.bytes(document, Kind.JSON), unpacked(Served.bytes(document, Kind.GZIP)));
  }

  @Test
  void aDocumentOfBeforeAndOneOfAfterAChangeStandSideBySide() throws IOException {
    Catalog before = Catalog.EMPTY.next(List.of(listing("a", "x"), listing("b", "x")));
    Catalog after = before.next(List.of(listing("a", "x", "y"), listing("b", "x")));

    Document old = overall(before, ALL);
    Document now = overall(after, ALL);

    assertEquals(List.of("/a/x", "/b/x"), names(read(old).get("paths")));
    assertEquals(List.of("/a/x", "/a/y", "/b/x"), names(read(now).get("paths")));
    assertEquals(List.of("/a/x", "/b/x"), names(read(overall(before, ALL)).get("paths")));
  }

  @Test
  void dropsDocumentsOfAnOlderCatalog() {
    Catalog before = catalog(2);
    overall(before, ALL);

    overall(before.next(List.of()), ALL);

    assertEquals(1, documents.size());
  }

  @Test
  void keepsABoundedNumberOfBytes() {
    Catalog catalog =
        Catalog.EMPTY.next(
            List.of(
                described("big", "x".repeat(18 << 20)),
                listing("s0", "t"),
                listing("s1", "t"),
                listing("s2", "t")));

    for (int i = 0; i < 8; i++) {
      int bits = i;
      overall(catalog, servers(server -> server.equals("big") || (bits >> number(server) & 1) == 1))
          .form(Kind.JSON)
          .join();
    }

    assertEquals(5, documents.size());
  }

  private static byte[] unpacked(byte[] gzip) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
  }

  private Document overall(Catalog catalog, Cut cut) {
    return documents.overall(catalog, cut, Prefix.NONE);
  }

  private Optional<Document> ofServer(Catalog catalog, String server, Cut cut) {
    return documents.of(catalog, server, cut, Prefix.NONE);
  }

  /** Tools as {@code server/tool}. */
  private static Cut only(String... tools) {
    Set<String> granted = Set.of(tools);
    return server -> tool -> granted.contains(server + "/" + tool);
  }

  private static Cut servers(Predicate<String> granted) {
    return server -> tool -> granted.test(server);
  }

  private static int number(String server) {
    return Integer.parseInt(server.substring(1));
  }

  private static JsonNode read(Document document) throws IOException {
    return new ObjectMapper().readTree(Served.bytes(document, Kind.JSON));
  }

  private static String id(Document document, String path) throws IOException {
    return read(document).get("paths").get(path).at("/post/operationId").asText();
  }

  private static List<String> ids(JsonNode document) {
    return document.findValuesAsText("operationId");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Catalog catalog(int servers) {
    return Catalog.EMPTY.next(
        IntStream.range(0, servers).mapToObj(i -> described("s" + i, "no: 1\n- yes")).toList());
  }

  private static Listing described(String server, String description) {
    return new Listing(server, server, "", List.of(tool("t", description)));
  }

  private static Listing listing(String server, String... tools) {
    return new Listing(
        server,
        "Server " + server,
        "Does " + server + ".",
        Stream.of(tools).map(name -> tool(name, "")).toList());
  }

  private static McpTool tool(String name, String description) {
    return new McpTool(
        JsonNodeFactory.instance.objectNode().put("name", name).put("description", description));
  }
}
