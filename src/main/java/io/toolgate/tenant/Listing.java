package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Servers by name in a tenant file: under {@code mcpServers} as Claude Desktop, Cursor and mcpo
 * write it, or under {@code servers} as VS Code does, which its settings hold under {@code mcp}.
 *
 * @param servers an object, unless it is a mistake
 */
record Listing(JsonNode servers, Place place) {
  private static final String MCP = "mcp";
  private static final String SERVERS = "servers";
  private static final String INPUTS = "inputs";
  private static final List<String> PLAIN = List.of("mcpServers", SERVERS, MCP + "." + SERVERS);

  /** All keys at the root of a file that mean something, but for settings. */
  static final Set<String> KEYS = Set.of("mcpServers", SERVERS, INPUTS, "$schema");

  /** All that a file has. */
  static List<Listing> in(ObjectNode root, Place file) {
    List<Listing> listings = new ArrayList<>();
    for (String key : PLAIN) {
      if (root.has(key)) {
        listings.add(new Listing(root.get(key), file.child(key)));
      }
    }
    if (root.path(MCP).has(SERVERS)) {
      listings.add(new Listing(root.get(MCP).get(SERVERS), file.child(MCP).child(SERVERS)));
    }
    return listings;
  }

  /** Whether a file holds settings of an editor, which are about much else. */
  static boolean isOfSettings(ObjectNode root) {
    return root.has(MCP + "." + SERVERS) || root.path(MCP).has(SERVERS);
  }

  /** Where a file has an editor ask for inputs. */
  static Optional<Place> inputs(ObjectNode root, Place file) {
    if (root.has(INPUTS)) {
      return Optional.of(file.child(INPUTS));
    }
    return root.path(MCP).has(INPUTS)
        ? Optional.of(file.child(MCP).child(INPUTS))
        : Optional.empty();
  }
}
