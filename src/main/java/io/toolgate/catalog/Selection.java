package io.toolgate.catalog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Exactly the tools of some servers that are within a {@link Cut}, at the cost of one bit each.
 *
 * <p>Immutable. Two of the same servers are equal when they hold the same tools, whatever the rules
 * that chose them; others must not be compared.
 */
final class Selection {
  private final List<CatalogServer> servers;
  private final List<BitSet> chosen;
  private final int hash;

  Selection(List<CatalogServer> servers, Cut cut) {
    this.servers = servers;
    List<BitSet> places = new ArrayList<>(servers.size());
    for (CatalogServer server : servers) {
      places.add(cut.placesIn(server));
    }
    this.chosen = places;
    this.hash = places.hashCode();
  }

  /** In listed order; without the servers of which no tool is chosen. */
  Map<CatalogServer, List<Tool>> tools() {
    Map<CatalogServer, List<Tool>> tools = new LinkedHashMap<>();
    for (int i = 0; i < servers.size(); i++) {
      CatalogServer server = servers.get(i);
      if (!chosen.get(i).isEmpty()) {
        tools.put(server, chosen.get(i).stream().mapToObj(server.tools()::get).toList());
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
    return hash;
  }
}
