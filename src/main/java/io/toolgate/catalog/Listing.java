package io.toolgate.catalog;

import io.toolgate.tenant.ServerDefinition;
import io.toolgate.upstream.McpTool;
import java.util.List;

/**
 * What goes into the catalog about one server: its definition and its last known tools.
 *
 * @param server its name
 * @param displayName for people
 * @param description may be empty
 * @param tools in listed order; empty while nothing is known. Hand over the same list object as
 *     long as nothing changed, and what was computed for it is kept
 */
public record Listing(String server, String displayName, String description, List<McpTool> tools) {

  public Listing(ServerDefinition definition, List<McpTool> tools) {
    this(definition.name(), definition.displayName(), definition.description(), tools);
  }
}
