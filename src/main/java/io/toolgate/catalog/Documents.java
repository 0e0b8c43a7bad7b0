package io.toolgate.catalog;

import io.toolgate.catalog.DocumentCache.Key;
import io.toolgate.catalog.OperationIds.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finished documents, kept per state of the catalog and exactly the tools in them, because clients
 * fetch the document again on nearly every turn of a chat and callers who see the same share it.
 *
 * <p>Invariant: a tool has the same operationId in every document of one kind, whatever else is in
 * it; and a server without any tool in it leaves no trace.
 *
 * <p>Threading: any thread.
 */
public final class Documents {
  private final String productVersion;
  private final boolean mcpoNames;
  private final DocumentCache cache = new DocumentCache(256, 64L << 20);

  /**
   * @param productVersion stands in {@code info.version}
   * @param mcpoNames whether per-server documents name operations as mcpo does, {@code
   *     tool_{name}_post}
   */
  public Documents(String productVersion, boolean mcpoNames) {
    this.productVersion = productVersion;
    this.mcpoNames = mcpoNames;
  }

  /** The document over all servers. */
  public Document overall(Catalog catalog, Cut cut) {
    return get(catalog, new Subject.Overall(), cut);
  }

  /** The document of one server; empty when the catalog does not have it. */
  public Optional<Document> of(Catalog catalog, String server, Cut cut) {
    return catalog.server(server).map(found -> get(catalog, new Subject.OfServer(found), cut));
  }

  private Document get(Catalog catalog, Subject subject, Cut cut) {
    Selection selection = new Selection(subject.servers(catalog), cut);
    return cache.get(
        new Key(catalog.version(), subject, selection),
        () ->
            OpenApiDocument.of(
                subject, selection.tools(), operationIds(catalog, subject), productVersion));
  }

  /** Made of all tools there are, seen or not. */
  private Function<Tool, String> operationIds(Catalog catalog, Subject subject) {
    if (!mcpoNames || !(subject instanceof Subject.OfServer)) {
      return Tool::operationId;
    }
    Map<Tool, Name> names =
        subject.servers(catalog).stream()
            .flatMap(server -> server.tools().stream())
            .collect(Collectors.toMap(tool -> tool, tool -> new Name(tool.server(), tool.name())));
    Map<Name, String> ids = OperationIds.assignAsMcpo(List.copyOf(names.values()));
    return tool -> ids.get(names.get(tool));
  }

  /** Documents held now. */
  int size() {
    return cache.size();
  }
}
