package io.toolgate.call;

import io.toolgate.catalog.Catalogs;
import io.toolgate.catalog.Tool;
import io.toolgate.upstream.McpTool;
import io.toolgate.upstream.ToolsChanged;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The compiled argument checks, one per tool, compiled by the first call.
 *
 * <p>Invariant: a check is used only for the very description it was compiled from; a tool that was
 * listed anew gets a new one.
 */
@Singleton
public class ArgumentChecks {
  private final Map<String, Compiled> byOperation = new ConcurrentHashMap<>();

  private final Catalogs catalogs;

  ArgumentChecks(Catalogs catalogs) {
    this.catalogs = catalogs;
  }

  private record Compiled(McpTool from, ArgumentCheck check) {}

  public ArgumentCheck of(Tool tool) {
    Compiled compiled = byOperation.get(tool.operationId());
    if (compiled == null || compiled.from() != tool.mcp()) {
      compiled = new Compiled(tool.mcp(), ArgumentCheck.compile(tool.mcp().inputSchema()));
      byOperation.put(tool.operationId(), compiled);
    }
    return compiled.check();
  }

  /** Forgets tools that are gone. */
  void changed(@Observes ToolsChanged event) {
    byOperation.keySet().removeIf(id -> catalogs.current().findFlat(id).isEmpty());
  }
}
