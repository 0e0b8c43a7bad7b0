package io.toolgate.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One server's part of the catalog.
 *
 * <p>Immutable; what is computed from it is kept in it, once.
 */
public final class CatalogServer {
  /**
   * Something that the catalog had to leave out.
   *
   * @param tool that it is about, which is for those only who may use it
   * @param text a sentence
   */
  public record Note(String tool, String text) {}

  private final Listing listing;
  private final List<Tool> tools;
  private final List<Note> notes;
  private final Map<String, Tool> bySegment;
  private final Map<String, String> names;
  private final Lazy<byte[]> compressed;

  CatalogServer(Listing listing, List<Tool> tools, List<Note> notes) {
    this.listing = listing;
    this.tools = List.copyOf(tools);
    this.notes = List.copyOf(notes);
    this.bySegment = new LinkedHashMap<>();
    this.tools.forEach(tool -> bySegment.put(tool.segment(), tool));
    this.tools.forEach(tool -> bySegment.putIfAbsent(tool.name(), tool));
    Map<String, String> shown = new LinkedHashMap<>();
    this.tools.forEach(tool -> shown.put(tool.name(), tool.operationId()));
    this.names = Collections.unmodifiableMap(shown);
    this.compressed = new Lazy<>(() -> Deflating.piece(OpenApiDocument.paths(this.tools)));
  }

  public String name() {
    return listing.server();
  }

  public String displayName() {
    return listing.displayName();
  }

  /** May be empty. */
  public String description() {
    return listing.description();
  }

  /** In listed order, each name once; empty while none are known. */
  public List<Tool> tools() {
    return tools;
  }

  /**
   * OperationIds by the tools' own names, each at its tool's place; the same map as long as the
   * server is the same.
   */
  public Map<String, String> names() {
    return names;
  }

  /** On what the server listed and the catalog had to leave out. */
  public List<Note> notes() {
    return notes;
  }

  /**
   * The tool of this name.
   *
   * @param name the last path segment, decoded, or the tool's own name
   */
  public Optional<Tool> find(String name) {
    return Optional.ofNullable(bySegment.get(name));
  }

  /**
   * Makes what the documents need of it, before anybody waits for that.
   *
   * <p>From the end, because a document that is asked for meanwhile is made from the beginning.
   */
  void prepare() {
    for (int i = tools.size() - 1; i >= 0; i--) {
      tools.get(i).operation().members();
    }
    if (!tools.isEmpty()) {
      compressed.get();
    }
  }

  /** Its part of the document over all servers, once that is prepared; see {@link Deflating}. */
  Optional<byte[]> compressed() {
    return compressed.made();
  }

  Listing listing() {
    return listing;
  }

  @Override
  public String toString() {
    return name() + " (" + tools.size() + " tools)";
  }
}
