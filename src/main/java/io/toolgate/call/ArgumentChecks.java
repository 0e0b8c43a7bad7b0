package io.toolgate.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.catalog.Catalogs;
import io.toolgate.catalog.Parameters;
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

  private record Compiled(McpTool from, Arguments arguments, ArgumentCheck check) {
    static Compiled of(Tool tool) {
      Parameters parameters = tool.parameters();
      return new Compiled(tool.mcp(), new Arguments(parameters), ArgumentCheck.compile(parameters));
    }
  }

  public ArgumentCheck of(Tool tool) {
    return compiled(tool).check();
  }

  /**
   * The arguments to send for a call with this body.
   *
   * @throws io.toolgate.problem.ProblemException when they do not fit
   */
  ObjectNode judge(Tool tool, ObjectNode body) {
    Compiled compiled = compiled(tool);
    return compiled.check().check(compiled.arguments().in(body));
  }

  private Compiled compiled(Tool tool) {
    Compiled compiled = byOperation.get(tool.operationId());
    if (compiled == null || compiled.from() != tool.mcp()) {
      compiled = Compiled.of(tool);
      byOperation.put(tool.operationId(), compiled);
    }
    return compiled;
  }

  /** Forgets tools that are gone. */
  void changed(@Observes ToolsChanged event) {
    byOperation.keySet().removeIf(id -> catalogs.current().findFlat(id).isEmpty());
  }
}
