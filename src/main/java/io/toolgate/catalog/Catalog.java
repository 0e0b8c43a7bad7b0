package io.toolgate.catalog;

import io.toolgate.catalog.CatalogServer.Note;
import io.toolgate.catalog.OperationIds.Name;
import io.toolgate.upstream.McpTool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All tools of all enabled servers at one moment.
 *
 * <p>Immutable, so that a request sees one state from look-up to answer. It knows nothing of
 * callers: who may see what is asked of the access decision, and handed in where a part of the
 * catalog is wanted.
 */
public final class Catalog {
  /** Before any server is known. */
  public static final Catalog EMPTY = new Catalog(0, List.of());

  private final long version;
  private final List<CatalogServer> servers;
  private final Map<String, CatalogServer> byName;
  private final Map<String, Tool> flat;

  private Catalog(long version, List<CatalogServer> servers) {
    this.version = version;
    this.servers = List.copyOf(servers);
    this.byName = new HashMap<>(servers.size() * 2);
    this.flat = new HashMap<>();
    servers.forEach(server -> byName.put(server.name(), server));
    List<Tool> tools = servers.stream().flatMap(server -> server.tools().stream()).toList();
    tools.forEach(tool -> flat.put(tool.operationId(), tool));
    tools.forEach(tool -> flat.putIfAbsent(tool.server() + "_" + tool.name(), tool));
    if (servers.size() == 1) {
      tools.forEach(tool -> flat.putIfAbsent(tool.name(), tool));
    }
  }

  /**
   * The next state, with a version that is one higher; or this one, if nothing is different.
   *
   * <p>A server whose list of tools is the same object as before is taken over as it is; of another
   * list, what was computed for those tools that are described as before.
   *
   * @param listings all enabled servers in the order in which they are defined, also those that
   *     have no tools yet, each name once
   */
  public Catalog next(List<Listing> listings) {
    List<Name> names = new ArrayList<>();
    List<Distinct> parts = listings.stream().map(Distinct::of).toList();
    for (Distinct part : parts) {
      part.tools.keySet().forEach(tool -> names.add(new Name(part.listing.server(), tool)));
    }
    Map<Name, String> ids = OperationIds.assign(names);
    List<CatalogServer> next = parts.stream().map(part -> server(part, ids)).toList();
    return next.equals(servers) ? this : new Catalog(version + 1, next);
  }

  private CatalogServer server(Distinct part, Map<Name, String> ids) {
    String name = part.listing.server();
    CatalogServer known = byName.get(name);
    if (known != null
        && known.listing().tools() == part.listing.tools()
        && known.listing().displayName().equals(part.listing.displayName())
        && known.listing().description().equals(part.listing.description())
        && known.tools().stream()
            .allMatch(tool -> tool.operationId().equals(ids.get(new Name(name, tool.name()))))) {
      return known;
    }
    List<Tool> tools = new ArrayList<>();
    List<Note> notes = new ArrayList<>(part.notes);
    for (Map.Entry<String, McpTool> entry : part.tools.entrySet()) {
      String toolName = entry.getKey();
      Tool tool =
          new Tool(
              name,
              ids.get(new Name(name, toolName)),
              entry.getValue(),
              operation(known, name, entry.getValue()));
      if (tool.segment().equals(toolName) || !part.tools.containsKey(tool.segment())) {
        tools.add(tool);
      } else {
        notes.add(
            new Note(
                toolName, "The tool '" + toolName + "' has no path that is not another tool's."));
      }
    }
    return new CatalogServer(part.listing, tools, notes);
  }

  /** Depends on nothing but the names and the description, so it may be an earlier tool's. */
  private static Operation operation(CatalogServer known, String server, McpTool mcp) {
    return Optional.ofNullable(known)
        .flatMap(before -> before.find(mcp.name()))
        .filter(before -> before.mcp().equals(mcp))
        .map(Tool::operation)
        .orElseGet(() -> new Operation(server, mcp));
  }

  /** A listing with each tool name once. */
  private record Distinct(Listing listing, Map<String, McpTool> tools, List<Note> notes) {
    static Distinct of(Listing listing) {
      Map<String, McpTool> tools = new LinkedHashMap<>();
      Set<Note> notes = new LinkedHashSet<>();
      for (McpTool tool : listing.tools()) {
        if (tools.putIfAbsent(tool.name(), tool) != null) {
          notes.add(
              new Note(
                  tool.name(),
                  "Lists the tool '" + tool.name() + "' more than once; the first one counts."));
        }
      }
      return new Distinct(listing, tools, List.copyOf(notes));
    }
  }

  /** Higher for every later state. */
  public long version() {
    return version;
  }

  /** In the order in which they are defined. */
  public List<CatalogServer> servers() {
    return servers;
  }

  public Optional<CatalogServer> server(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** See {@link CatalogServer#names}; none of a server that is not here. */
  public Map<String, String> names(String server) {
    CatalogServer found = byName.get(server);
    return found == null ? Map.of() : found.names();
  }

  /**
   * The tool at {@code /{server}/{tool}}.
   *
   * @param name the last path segment, decoded
   */
  public Optional<Tool> find(String server, String name) {
    CatalogServer found = byName.get(server);
    return found == null ? Optional.empty() : found.find(name);
  }

  /**
   * The tool at the older route {@code /{server}_{tool}}: by operationId, else by the plain names
   * (where two servers make the same one, the server defined first). A server that is the only one
   * may be left out: {@code /{tool}}.
   *
   * @param name the path segment, decoded
   */
  public Optional<Tool> findFlat(String name) {
    return Optional.ofNullable(flat.get(name));
  }

  /**
   * The server that a tool of this flat name would be of, also while its tools are not known.
   *
   * @param name the path segment, decoded
   */
  public Optional<String> serverOfFlat(String name) {
    return servers.stream()
        .map(CatalogServer::name)
        .filter(server -> servers.size() == 1 || name.startsWith(server + "_"))
        .max(Comparator.comparingInt(String::length));
  }

  @Override
  public String toString() {
    return "catalog " + version + " " + servers;
  }
}
