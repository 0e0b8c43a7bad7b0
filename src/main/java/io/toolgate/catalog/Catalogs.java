package io.toolgate.catalog;

import io.toolgate.upstream.ToolsChanged;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The current catalog. Follows the upstreams: each change makes the next snapshot, which replaces
 * the one before as a whole.
 *
 * <p>Threading: snapshots are made one after the other; reading is one volatile read. What the
 * documents need of new tools is prepared by a worker, so that nobody waits for it.
 */
@Singleton
public class Catalogs {
  private final Upstreams upstreams;
  private final DocumentWorkers workers = new DocumentWorkers(1);
  private volatile Catalog current = Catalog.EMPTY;

  Catalogs(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  public Catalog current() {
    return current;
  }

  synchronized void changed(@Observes ToolsChanged event) {
    Catalog before = current;
    current =
        before.next(
            upstreams.all().stream().filter(Upstream::serves).map(Catalogs::listing).toList());
    for (CatalogServer server : current.servers()) {
      if (before.server(server.name()).filter(server::equals).isEmpty()) {
        workers.later(() -> prepare(server));
      }
    }
  }

  private void prepare(CatalogServer server) {
    if (current.server(server.name()).filter(server::equals).isPresent()) {
      server.prepare();
    }
  }

  private static Listing listing(Upstream upstream) {
    return new Listing(upstream.definition(), upstream.tools());
  }
}
