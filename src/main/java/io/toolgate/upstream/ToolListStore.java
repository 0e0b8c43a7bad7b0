package io.toolgate.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.database.Database;
import io.toolgate.database.Query;
import io.toolgate.database.Snapshots;
import io.toolgate.database.Statements;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Keeps what servers told of their tools. */
@ApplicationScoped
class ToolListStore {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Snapshots snapshots;
  private final Statements statements;

  @Inject
  ToolListStore(Database database) {
    this(database.snapshots(1, LIMIT), database.statements(LIMIT));
  }

  ToolListStore(Snapshots snapshots, Statements statements) {
    this.snapshots = snapshots;
    this.statements = statements;
  }

  /**
   * @param definition stands for how the server was reached
   */
  record Kept(String server, String definition, List<McpTool> tools) {}

  /** All lists; what cannot be read as one is passed over. */
  CompletionStage<Void> read(Consumer<Kept> list) {
    return snapshots.read(
        new Query(
            "SELECT server_id, definition, tools FROM mcp_proxy.tool_lists",
            row -> {
              List<McpTool> tools = tools(row);
              if (!tools.isEmpty()) {
                list.accept(new Kept(row.getString(0), row.getString(1), tools));
              }
            }));
  }

  private static List<McpTool> tools(Row row) {
    List<McpTool> tools = new ArrayList<>();
    try {
      for (JsonNode tool : Json.MAPPER.readTree(row.getString(2))) {
        if (tool instanceof ObjectNode object && object.path("name").isTextual()) {
          tools.add(new McpTool(object));
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return List.of();
    }
    return List.copyOf(tools);
  }

  /** Changes no row, and so tells nobody, if the same is there already. */
  CompletionStage<Integer> write(Kept kept) {
    ArrayNode tools = Json.MAPPER.createArrayNode();
    kept.tools().forEach(tool -> tools.add(tool.json()));
    return statements.run(
        """
        INSERT INTO mcp_proxy.tool_lists (server_id, definition, tools) VALUES ($1, $2, $3)
          ON CONFLICT (server_id) DO UPDATE
            SET definition = excluded.definition, tools = excluded.tools, learned_at = now()
            WHERE (tool_lists.definition, tool_lists.tools) IS DISTINCT FROM (excluded.definition, excluded.tools)
        """,
        List.of(kept.server(), kept.definition(), tools.toString()));
  }
}
