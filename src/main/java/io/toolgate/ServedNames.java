package io.toolgate;

import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.CatalogServer;
import io.toolgate.catalog.Catalogs;
import io.toolgate.catalog.Tool;
import io.toolgate.policy.KnownServer;
import io.toolgate.upstream.McpTool;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The servers and tools that rows in the database may name, as they are now. */
@Singleton
class ServedNames {
  private final Upstreams upstreams;
  private final Catalogs catalogs;

  ServedNames(Upstreams upstreams, Catalogs catalogs) {
    this.upstreams = upstreams;
    this.catalogs = catalogs;
  }

  Map<String, KnownServer> now() {
    Catalog catalog = catalogs.current();
    Map<String, KnownServer> servers = new HashMap<>();
    for (Upstream upstream : upstreams.all()) {
      String name = upstream.definition().name();
      servers.put(
          name, new KnownServer(upstream.listed().map(tools -> names(name, tools, catalog))));
    }
    return servers;
  }

  private static Map<String, String> names(String server, List<McpTool> tools, Catalog catalog) {
    Map<String, String> names = new HashMap<>();
    tools.forEach(tool -> names.put(tool.name(), server + "_" + tool.name()));
    catalog.server(server).map(CatalogServer::tools).orElse(List.of()).stream()
        .forEach((Tool tool) -> names.put(tool.name(), tool.operationId()));
    return names;
  }
}
