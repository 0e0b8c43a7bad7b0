package io.toolgate.catalog;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finished documents, bounded in number and in bytes. The least recently used go first, and those
 * of an older catalog as soon as a newer one is asked for.
 *
 * <p>Threading: any thread. A document is built once, by the first who asks; who asks for the same
 * one waits, nobody else does.
 */
final class DocumentCache {
  /**
   * All that a document depends on.
   *
   * @param version of the catalog
   */
  record Key(long version, Subject subject, Prefix prefix, Selection selection) {}

  private final int mostDocuments;
  private final long mostBytes;
  private final Map<Key, Document> kept = new LinkedHashMap<>(16, 0.75f, true);

  DocumentCache(int mostDocuments, long mostBytes) {
    this.mostDocuments = mostDocuments;
    this.mostBytes = mostBytes;
  }

  Document get(Key key, Supplier<byte[]> writer) {
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
      while ((kept.size() > mostDocuments || bytes > mostBytes) && eldestFirst.hasNext()) {
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
