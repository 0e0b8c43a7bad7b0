package io.toolgate.catalog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Exactly the tools of some servers that are within a {@link Cut}, at the cost of one bit each.
 *
 * <p>Immutable. Two of the same servers are equal when they hold the same tools, whatever the rules
 * that chose them; others must not be compared.
 */
final class Selection {
  private final List<CatalogServer> servers;
  private final BitSet chosen = new BitSet();

  Selection(List<CatalogServer> servers, Cut cut) {
    this.servers = servers;
    int position = 0;
    for (CatalogServer server : servers) {
      Predicate<String> names = cut.toolsOf(server.name());
      for (Tool tool : server.tools()) {
        chosen.set(position++, names.test(tool.name()));
      }
    }
  }

  /** In listed order; without the servers of which no tool is chosen. */
  Map<CatalogServer, List<Tool>> tools() {
    Map<CatalogServer, List<Tool>> tools = new LinkedHashMap<>();
    int position = 0;
    for (CatalogServer server : servers) {
      for (Tool tool : server.tools()) {
        if (chosen.get(position++)) {
          tools.computeIfAbsent(server, first -> new ArrayList<>()).add(tool);
        }
      }
    }
    return tools;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Selection selection && chosen.equals(selection.chosen);
  }

  @Override
  public int hashCode() {
    return chosen.hashCode();
  }
}
