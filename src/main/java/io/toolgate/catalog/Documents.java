package io.toolgate.catalog;

import io.toolgate.catalog.DocumentCache.Key;
import io.toolgate.catalog.OperationIds.Name;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
  private static final Duration IN_USE = Duration.ofMinutes(1);

  private final String productVersion;
  private final boolean mcpoNames;
  private final boolean proofWanted;
  private final DocumentWorkers workers = new DocumentWorkers();
  private final DocumentCache plain = cache(4096, 96L << 20);

  /** Apart, because anyone may ask for any prefix, and is not to drive out what all ask for. */
  private final DocumentCache prefixed = cache(64, 16L << 20);

  /**
   * @param productVersion stands in {@code info.version}
   * @param mcpoNames whether per-server documents name operations as mcpo does, {@code
   *     tool_{name}_post}
   * @param proofWanted whether callers have to prove who they are, which clients other than Open
   *     WebUI learn from the document
   */
  public Documents(String productVersion, boolean mcpoNames, boolean proofWanted) {
    this.productVersion = productVersion;
    this.mcpoNames = mcpoNames;
    this.proofWanted = proofWanted;
  }

  /** The document over all servers. */
  public Document overall(Catalog catalog, Cut cut, Prefix prefix) {
    return get(catalog, new Subject.Overall(), cut, prefix);
  }

  /** The document over all servers for the connection of one group. */
  public Document ofGroup(Catalog catalog, String group, Cut cut, Prefix prefix) {
    return get(catalog, new Subject.OfGroup(group), cut, prefix);
  }

  /** The document of one server; empty when the catalog does not have it. */
  public Optional<Document> of(Catalog catalog, String server, Cut cut, Prefix prefix) {
    return catalog
        .server(server)
        .map(found -> get(catalog, new Subject.OfServer(found), cut, prefix));
  }

  private Document get(Catalog catalog, Subject subject, Cut cut, Prefix prefix) {
    Selection selection = new Selection(subject.servers(catalog), cut);
    boolean isPlain = prefix.equals(Prefix.NONE);
    return (isPlain ? plain : prefixed)
        .get(
            new Key(catalog, subject, prefix, selection),
            () ->
                new OpenApiDocument(
                    subject,
                    selection.tools(),
                    operationIds(catalog, subject, prefix),
                    isPlain && !(subject instanceof Subject.OfServer),
                    productVersion,
                    proofWanted));
  }

  private DocumentCache cache(int mostDocuments, long mostBytes) {
    return new DocumentCache(mostDocuments, mostBytes, IN_USE.toNanos(), System::nanoTime, workers);
  }

  /** Made of all tools there are, seen or not. */
  private Function<Tool, String> operationIds(Catalog catalog, Subject subject, Prefix prefix) {
    boolean asMcpo = mcpoNames && subject instanceof Subject.OfServer;
    if (!asMcpo && prefix.equals(Prefix.NONE)) {
      return Tool::operationId;
    }
    Map<Name, String> ids = new HashMap<>();
    for (CatalogServer server : asMcpo ? subject.servers(catalog) : catalog.servers()) {
      server.tools().forEach(tool -> ids.put(name(tool), tool.operationId()));
    }
    Map<Name, String> named =
        OperationIds.prefixed(
            prefix, asMcpo ? OperationIds.assignAsMcpo(List.copyOf(ids.keySet())) : ids);
    return tool -> named.get(name(tool));
  }

  private static Name name(Tool tool) {
    return new Name(tool.server(), tool.name());
  }

  /** Documents held now. */
  int size() {
    return plain.size() + prefixed.size();
  }
}
