package io.toolgate.call;

import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Tool;
import java.util.Optional;

/** How a caller names a tool. */
public sealed interface ToolAddress {

  /** The server as named by the caller; empty when none can be made out. */
  String serverIn(Catalog catalog);

  /** The tool as named by the caller. */
  String tool();

  Optional<Tool> findIn(Catalog catalog);

  /** {@code /{server}/{tool}}, decoded. */
  record Of(String server, String tool) implements ToolAddress {
    @Override
    public String serverIn(Catalog catalog) {
      return server;
    }

    @Override
    public Optional<Tool> findIn(Catalog catalog) {
      return catalog.find(server, tool);
    }
  }

  /**
   * {@code /{server}_{tool}}, the flat form that older connections use; also an operationId, or the
   * tool alone where only one server is served.
   */
  record Flat(String name) implements ToolAddress {
    @Override
    public String serverIn(Catalog catalog) {
      return catalog.serverOfFlat(name).orElse("");
    }

    @Override
    public String tool() {
      return name;
    }

    @Override
    public Optional<Tool> findIn(Catalog catalog) {
      return catalog.findFlat(name);
    }
  }
}
