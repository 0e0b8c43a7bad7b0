package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.catalog.DocumentCache.Key;
import io.toolgate.upstream.McpTool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentCacheTest {
  private static final int IN_USE = 10;

  private final DocumentWorkers workers = new DocumentWorkers(1);
  private final AtomicInteger written = new AtomicInteger();
  private final Catalog catalog = catalog(10);
  private long now;

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    DocumentCache cache = cache(2, Long.MAX_VALUE);
    Document first = made(cache, 1);
    Document second = made(cache, 2);
    made(cache, 1);
    now += IN_USE;

    made(cache, 3);

    assertEquals(2, cache.size());
    assertSame(first, get(cache, 1));
    assertNotSame(second, get(cache, 2));
  }

  @Test
  void whatIsInUseIsNotDrivenOut() {
    DocumentCache cache = cache(2, Long.MAX_VALUE);
    Document first = made(cache, 1);
    Document second = made(cache, 2);
    now += IN_USE - 1;

    made(cache, 3);

    assertSame(first, get(cache, 1));
    assertSame(second, get(cache, 2));
    assertEquals(2, cache.size());
  }

  @Test
  void callersInRotationFindWhatThereIsRoomFor() {
    DocumentCache cache = cache(600, Long.MAX_VALUE);
    for (int i = 0; i < 1000; i++) {
      made(cache, i);
    }
    written.set(0);

    for (int i = 0; i < 1000; i++) {
      made(cache, i);
    }

    assertEquals(400, written.get());
  }

  @Test
  void holdsNoMoreBytesThanItMay() {
    long one = made(cache(1, Long.MAX_VALUE), 1).size();
    DocumentCache cache = cache(1000, 50 * one);

    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      documents.add(made(cache, i));
      now += i % 20;
    }

    assertTrue(cache.size() <= 50, cache.size() + " documents");
    assertTrue(cache.size() > 30, cache.size() + " documents");
  }

  @Test
  void oneThatWasAskedForOfAnOlderCatalogIsNotKept() {
    DocumentCache cache = cache(100, Long.MAX_VALUE);
    Catalog next = catalog.next(List.of());
    cache.get(key(next, 1), () -> text(next)).form(Kind.JSON).join();

    made(cache, 1);

    assertEquals(1, cache.size());
  }

  @Test
  void asksAgainForOneThatCouldNotBeWritten() {
    DocumentCache cache = cache(100, Long.MAX_VALUE);
    Document document =
        cache.get(
            key(catalog, 1),
            () -> {
              if (written.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
              }
              return text(catalog);
            });

    assertTrue(document.form(Kind.JSON).handle((form, failure) -> failure != null).join());
    assertTrue(document.form(Kind.JSON).join().length() > 0);
  }

  private DocumentCache cache(int mostDocuments, long mostBytes) {
    return new DocumentCache(mostDocuments, mostBytes, IN_USE, () -> now, workers);
  }

  private Document made(DocumentCache cache, int selection) {
    Document document = get(cache, selection);
    document.form(Kind.JSON).join();
    return document;
  }

  private Document get(DocumentCache cache, int selection) {
    return cache.get(
        key(catalog, selection),
        () -> {
          written.incrementAndGet();
          return text(catalog);
        });
  }

  /** Each number is another selection. */
  private static Key key(Catalog of, int selection) {
    Cut cut = server -> tool -> (selection >> Integer.parseInt(tool) & 1) == 1;
    return new Key(of, new Subject.Overall(), Prefix.NONE, new Selection(of.servers(), cut));
  }

  private static OpenApiDocument text(Catalog of) {
    return new OpenApiDocument(
        new Subject.Overall(),
        new Selection(of.servers(), server -> tool -> true).tools(),
        Tool::operationId,
        true,
        "1",
        false);
  }

  private static Catalog catalog(int tools) {
    List<McpTool> listed =
        IntStream.range(0, tools)
            .mapToObj(i -> new McpTool(JsonNodeFactory.instance.objectNode().put("name", "" + i)))
            .toList();
    return Catalog.EMPTY.next(List.of(new Listing("s", "s", "", listed)));
  }
}
