package io.toolgate.catalog;

import java.util.List;

/** What a document is about: its words, and how its paths are written. */
sealed interface Subject {
  String title();

  String description();

  /** Those that it may describe. */
  List<CatalogServer> servers(Catalog catalog);

  /** Relative to the folder that the document is in. */
  default String path(Tool tool) {
    return tool.path();
  }

  /** All servers. */
  record Overall() implements Subject {
    @Override
    public String title() {
      return "Toolgate";
    }

    @Override
    public String description() {
      return "Every tool of every MCP server as one REST operation.";
    }

    @Override
    public List<CatalogServer> servers(Catalog catalog) {
      return catalog.servers();
    }
  }

  /** One server. */
  record OfServer(CatalogServer server) implements Subject {
    @Override
    public String title() {
      return server.displayName();
    }

    @Override
    public String description() {
      return server.description().isBlank()
          ? "The tools of " + server.displayName() + "."
          : server.description();
    }

    @Override
    public List<CatalogServer> servers(Catalog catalog) {
      return List.of(server);
    }

    @Override
    public String path(Tool tool) {
      return "/" + tool.pathSegment();
    }
  }

  /** All servers, through the connection of one group. */
  record OfGroup(String group) implements Subject {
    @Override
    public String title() {
      return "Toolgate: " + group;
    }

    @Override
    public String description() {
      return "The tools of the group " + group + ".";
    }

    @Override
    public List<CatalogServer> servers(Catalog catalog) {
      return catalog.servers();
    }
  }
}
