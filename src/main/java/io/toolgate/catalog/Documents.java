package io.toolgate.catalog;

import io.toolgate.catalog.OperationIds.Name;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finished documents, kept per state of the catalog and set of servers, because clients fetch the
 * document again on nearly every turn of a chat and callers with the same grants share it.
 *
 * <p>Bounded in number and in bytes; the least recently used go first, and those of an older
 * catalog as soon as a newer one is asked for.
 *
 * <p>Threading: any thread. A document is built once, by the first who asks; who asks for the same
 * one waits, nobody else does.
 */
public final class Documents {
  private static final int MOST_DOCUMENTS = 256;
  private static final long MOST_BYTES = 64L << 20;

  private record Key(long version, boolean overall, Set<String> servers) {}

  private final String productVersion;
  private final boolean mcpoNames;
  private final Map<Key, Document> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param productVersion stands in {@code info.version}
   * @param mcpoNames whether per-server documents name operations as mcpo does, {@code
   *     tool_{name}_post}
   */
  public Documents(String productVersion, boolean mcpoNames) {
    this.productVersion = productVersion;
    this.mcpoNames = mcpoNames;
  }

  /** The document over all servers that are visible. */
  public Document overall(Catalog catalog, Predicate<String> visible) {
    Set<String> names = new LinkedHashSet<>();
    for (CatalogServer server : catalog.servers()) {
      if (visible.test(server.name())) {
        names.add(server.name());
      }
    }
    return get(
        new Key(catalog.version(), true, names),
        () -> {
          List<CatalogServer> servers =
              catalog.servers().stream().filter(server -> names.contains(server.name())).toList();
          return OpenApiDocument.over(servers, productVersion);
        });
  }

  /** The document of one server; empty when the catalog does not have it. */
  public Optional<Document> of(Catalog catalog, String server) {
    return catalog
        .server(server)
        .map(found -> get(new Key(catalog.version(), false, Set.of(server)), () -> alone(found)));
  }

  private byte[] alone(CatalogServer server) {
    if (!mcpoNames) {
      return OpenApiDocument.of(server, productVersion, Tool::operationId);
    }
    Map<Tool, Name> names =
        server.tools().stream()
            .collect(Collectors.toMap(tool -> tool, tool -> new Name(tool.server(), tool.name())));
    Map<Name, String> ids = OperationIds.assignAsMcpo(List.copyOf(names.values()));
    return OpenApiDocument.of(server, productVersion, tool -> ids.get(names.get(tool)));
  }

  private Document get(Key key, Supplier<byte[]> writer) {
    Document document;
    boolean missing;
    synchronized (kept) {
      document = kept.get(key);
      missing = document == null;
      if (missing) {
        kept.keySet().removeIf(other -> other.version() < key.version());
        document = new Document(writer);
        kept.put(key, document);
      }
    }
    document.json();
    if (missing) {
      evict(key);
    }
    return document;
  }

  private void evict(Key newest) {
    synchronized (kept) {
      long bytes = kept.values().stream().mapToLong(Document::size).sum();
      Iterator<Map.Entry<Key, Document>> eldestFirst = kept.entrySet().iterator();
      while ((kept.size() > MOST_DOCUMENTS || bytes > MOST_BYTES) && eldestFirst.hasNext()) {
        Map.Entry<Key, Document> eldest = eldestFirst.next();
        if (!eldest.getKey().equals(newest)) {
          bytes -= eldest.getValue().size();
          eldestFirst.remove();
        }
      }
    }
  }

  /** Documents held now. */
  int size() {
    synchronized (kept) {
      return kept.size();
    }
  }
}
