package io.toolgate.catalog;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finished documents, bounded in number and in bytes. The least recently used go first, and those
 * of an older catalog as soon as a newer one is asked for.
 *
 * <p>Invariant: what somebody asked for just now is not driven out, the newcomer is not kept then.
 * So callers who see more different documents than have room, one after the other, still find most
 * of what there is room for.
 *
 * <p>Threading: any thread, and never waits for a document.
 */
final class DocumentCache {
  /** All that a document depends on. */
  record Key(Catalog catalog, Subject subject, Prefix prefix, Selection selection) {
    long version() {
      return catalog.version();
    }
  }

  private static final class Kept {
    final Document document;
    long used;

    Kept(Document document) {
      this.document = document;
    }
  }

  private final int mostDocuments;
  private final long mostBytes;
  private final long inUseNanos;
  private final LongSupplier clock;
  private final DocumentWorkers workers;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long newest = Long.MIN_VALUE;

  /**
   * @param inUseNanos so long after it was asked for a document is not driven out
   */
  DocumentCache(
      int mostDocuments,
      long mostBytes,
      long inUseNanos,
      LongSupplier clock,
      DocumentWorkers workers) {
    this.mostDocuments = mostDocuments;
    this.mostBytes = mostBytes;
    this.inUseNanos = inUseNanos;
    this.clock = clock;
    this.workers = workers;
  }

  Document get(Key key, Supplier<OpenApiDocument> writer) {
    long now = clock.getAsLong();
    synchronized (kept) {
      Kept found = kept.get(key);
      if (found == null) {
        forgetOlderThan(key.version());
        found = new Kept(new Document(writer, workers, () -> makeRoom(key)));
        kept.put(key, found);
      }
      found.used = now;
      return found.document;
    }
  }

  private void forgetOlderThan(long version) {
    if (version > newest) {
      newest = version;
      kept.keySet().removeIf(key -> key.version() < version);
    }
  }

  /** Called by workers. */
  private void makeRoom(Key grown) {
    long now = clock.getAsLong();
    synchronized (kept) {
      if (grown.version() < newest) {
        kept.remove(grown);
      }
      long bytes = kept.values().stream().mapToLong(each -> each.document.size()).sum();
      Iterator<Map.Entry<Key, Kept>> eldestFirst = kept.entrySet().iterator();
      while ((kept.size() > mostDocuments || bytes > mostBytes) && eldestFirst.hasNext()) {
        Map.Entry<Key, Kept> eldest = eldestFirst.next();
        if (eldest.getKey().equals(grown)) {
          continue;
        }
        if (now - eldest.getValue().used < inUseNanos) {
          kept.remove(grown);
          return;
        }
        bytes -= eldest.getValue().document.size();
        eldestFirst.remove();
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
