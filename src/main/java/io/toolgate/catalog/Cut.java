package io.toolgate.catalog;

import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What of the catalog one caller may use.
 *
 * <p>Documents, listings and calls each ask here about a tool, so they cannot disagree.
 */
@FunctionalInterface
public interface Cut {
  /**
   * Which tools of a server.
   *
   * @return asked with the names that the server gives its tools
   */
  Predicate<String> toolsOf(String server);

  /**
   * The tools of a server that are within, each by its place among {@link CatalogServer#tools}.
   *
   * @return not to be modified
   */
  default BitSet placesIn(CatalogServer server) {
    Predicate<String> within = toolsOf(server.name());
    List<Tool> tools = server.tools();
    BitSet places = new BitSet(tools.size());
    for (int i = 0; i < tools.size(); i++) {
      places.set(i, within.test(tools.get(i).name()));
    }
    return places;
  }

  /** Whether this tool is within. */
  default boolean holds(Tool tool) {
    return toolsOf(tool.server()).test(tool.name());
  }

  /** The tools of a server that are within, in listed order. */
  default List<Tool> of(CatalogServer server) {
    Predicate<String> names = toolsOf(server.name());
    return server.tools().stream().filter(tool -> names.test(tool.name())).toList();
  }
}
