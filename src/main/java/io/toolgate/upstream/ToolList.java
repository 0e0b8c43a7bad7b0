package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Reads all pages of {@code tools/list}. An entry that is no tool, or too large for one, costs only
 * itself; a list that never ends is given up.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#listing-tools">MCP,
 *     Listing tools</a>
 */
final class ToolList {
  private static final Logger LOG = Logger.getLogger("toolgate.session");
  private static final int MAX_TOOLS = 20_000;
  private static final int MAX_PAGES = 2_000;

  /** Characters of one tool with its schemas, and of all. */
  private static final int LARGEST_TOOL = 1024 * 1024;

  private static final int LARGEST_LIST = 64 * 1024 * 1024;

  private final String server;
  private final McpSession session;
  private final Duration timeout;
  private final List<McpTool> tools = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> cursors = new HashSet<>();
  private int room = LARGEST_LIST;

  private ToolList(String server, McpSession session, Duration timeout) {
    this.server = server;
    this.session = session;
    this.timeout = timeout;
  }

  static CompletableFuture<List<McpTool>> read(
      String server, McpSession session, Duration timeoutPerPage) {
    return new ToolList(server, session, timeoutPerPage).next(null);
  }

  private CompletableFuture<List<McpTool>> next(String cursor) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    if (cursor != null) {
      params.put("cursor", cursor);
    }
    return session
        .request("tools/list", params, timeout)
        .thenCompose(
            page -> {
              add(page.path("tools"));
              JsonNode nextCursor = page.path("nextCursor");
              if (!nextCursor.isTextual()) {
                return CompletableFuture.completedFuture(List.copyOf(tools));
              }
              if (!cursors.add(nextCursor.textValue())
                  || tools.size() > MAX_TOOLS
                  || cursors.size() > MAX_PAGES) {
                throw Problem.UPSTREAM_INVALID.because("The server's tool list does not end.");
              }
              return next(nextCursor.textValue());
            });
  }

  private void add(JsonNode page) {
    if (!page.isArray()) {
      throw Problem.UPSTREAM_INVALID.because(
          "The server's answer to tools/list has no list of tools.");
    }
    for (JsonNode entry : page) {
      String name = entry.path("name").asText("");
      if (!entry.isObject() || !entry.path("name").isTextual() || name.isEmpty()) {
        LOG.warnf("%s: an entry of its tool list has no name and is left out", server);
      } else if (!names.add(name)) {
        LOG.warnf("%s: tool %s is listed twice; the first one counts", server, session.shown(name));
      } else {
        int size = entry.toString().length();
        room -= size;
        if (room < 0) {
          throw Problem.UPSTREAM_INVALID.because("The server's tool list is too large.");
        }
        if (size > LARGEST_TOOL) {
          LOG.warnf(
              "%s: the description of tool %s is larger than %d KB; the tool is left out",
              server, session.shown(name), LARGEST_TOOL >> 10);
        } else {
          tools.add(new McpTool((ObjectNode) entry));
        }
      }
    }
  }
}
