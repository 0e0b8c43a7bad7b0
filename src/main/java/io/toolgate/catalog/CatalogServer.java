package io.toolgate.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One server's part of the catalog.
 *
 * <p>Immutable.
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

  CatalogServer(Listing listing, List<Tool> tools, List<Note> notes) {
    this.listing = listing;
    this.tools = List.copyOf(tools);
    this.notes = List.copyOf(notes);
    this.bySegment = new LinkedHashMap<>();
    this.tools.forEach(tool -> bySegment.put(tool.segment(), tool));
    this.tools.forEach(tool -> bySegment.putIfAbsent(tool.name(), tool));
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

  Listing listing() {
    return listing;
  }

  @Override
  public String toString() {
    return name() + " (" + tools.size() + " tools)";
  }
}
