package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.toolgate.upstream.McpTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final Documents documents = new Documents("1", false);

  @Test
  void keepsADocumentForEveryoneWhoSeesTheSameServers() {
    Catalog catalog = catalog(3);

    Document first = documents.overall(catalog, Set.of("s0", "s1")::contains);

    assertSame(first, documents.overall(catalog, Set.of("s1", "s0", "other")::contains));
    assertNotSame(first, documents.overall(catalog, Set.of("s0")::contains));
  }

  @Test
  void holdsOnlyWhatIsVisible() throws IOException {
    JsonNode document =
        new ObjectMapper()
            .readTree(documents.overall(catalog(3), Set.of("s1")::contains).json().bytes());

    assertEquals(1, document.get("paths").size());
    assertEquals(1, document.get("tags").size());
    assertTrue(document.at("/paths/~1s1~1t").isObject());
  }

  @Test
  void isEmptyForAnUnknownServer() {
    assertTrue(documents.of(catalog(1), "other").isEmpty());
  }

  @Test
  void makesTheSameBytesAndTagAgain() {
    Document.Form one = documents.overall(catalog(3), server -> true).json();

    Document.Form other = new Documents("1", false).overall(catalog(3), server -> true).json();

    assertArrayEquals(one.bytes(), other.bytes());
    assertEquals(one.etag(), other.etag());
  }

  @Test
  void tagsAreQuotedAndDifferBetweenFormsAndContents() {
    Document document = documents.overall(catalog(3), server -> true);

    String tag = document.json().etag();

    assertTrue(tag.matches("\"[A-Za-z0-9_-]+\""), tag);
    assertNotEquals(tag, document.gzip().etag());
    assertNotEquals(tag, document.yaml().etag());
    assertNotEquals(tag, documents.overall(catalog(2), server -> true).json().etag());
  }

  @Test
  void gzipHoldsTheJson() throws IOException {
    Document document = documents.overall(catalog(3), server -> true);

    byte[] unpacked =
        new GZIPInputStream(new ByteArrayInputStream(document.gzip().bytes())).readAllBytes();

    assertArrayEquals(document.json().bytes(), unpacked);
  }

  @Test
  void yamlSaysTheSameAsJson() throws IOException {
    Document document = documents.overall(catalog(3), server -> true);

    JsonNode yaml = new ObjectMapper(new YAMLFactory()).readTree(document.yaml().bytes());

    assertEquals(new ObjectMapper().readTree(document.json().bytes()), yaml);
  }

  @Test
  void yamlQuotesStatusCodes() {
    byte[] yaml = documents.overall(catalog(1), server -> true).yaml().bytes();

    assertTrue(new String(yaml, StandardCharsets.UTF_8).contains("\"200\":"));
  }

  @Test
  void buildsOnceWhenManyAskAtOnce() throws Exception {
    Catalog catalog = catalog(50);
    int threads = 64;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    Callable<byte[]> ask =
        () -> {
          together.await();
          return documents.overall(catalog, server -> true).json().bytes();
        };
    try {
      List<Future<byte[]>> answers = executor.invokeAll(Collections.nCopies(threads, ask));

      Set<byte[]> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<byte[]> answer : answers) {
        distinct.add(answer.get());
      }
      assertEquals(1, distinct.size());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void dropsDocumentsOfAnOlderCatalog() {
    Catalog before = catalog(2);
    documents.overall(before, server -> true);

    documents.overall(before.next(List.of()), server -> true);

    assertEquals(1, documents.size());
  }

  @Test
  void keepsABoundedNumber() {
    Catalog catalog = catalog(10);

    for (int i = 0; i < 300; i++) {
      int bits = i;
      documents.overall(
          catalog, server -> (bits >> Integer.parseInt(server.substring(1)) & 1) == 1);
    }

    assertEquals(256, documents.size());
  }

  @Test
  void keepsABoundedNumberOfBytes() {
    Catalog catalog =
        Catalog.EMPTY.next(
            List.of(
                listing("big", "x".repeat(12 << 20)),
                listing("s0", ""),
                listing("s1", ""),
                listing("s2", "")));

    for (int i = 0; i < 8; i++) {
      int bits = i;
      documents.overall(
          catalog,
          server ->
              server.equals("big") || (bits >> Integer.parseInt(server.substring(1)) & 1) == 1);
    }

    assertEquals(5, documents.size());
  }

  private static Catalog catalog(int servers) {
    return Catalog.EMPTY.next(
        IntStream.range(0, servers).mapToObj(i -> listing("s" + i, "no: 1\n- yes")).toList());
  }

  private static Listing listing(String server, String description) {
    List<McpTool> tools = new ArrayList<>();
    tools.add(
        new McpTool(
            JsonNodeFactory.instance
                .objectNode()
                .put("name", "t")
                .put("description", description)));
    return new Listing(server, server, "", tools);
  }
}
