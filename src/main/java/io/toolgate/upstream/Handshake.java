package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.ProtocolVersions;
import io.toolgate.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The beginning of a session: who we are, which revision both speak, and which tools there are.
 *
 * @param instructions what the server tells a model about itself
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">MCP,
 *     Lifecycle</a>
 */
record Handshake(Optional<String> instructions, List<McpTool> tools) {
  private static final Set<String> REVISIONS =
      Set.of(
          ProtocolVersions.MCP_2024_11_05,
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  /**
   * Greets the server and reads its tools; completes with a problem when that fails or takes too
   * long.
   */
  static CompletableFuture<Handshake> perform(
      String server, McpSession session, String ourVersion, Duration timeout) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.put("protocolVersion", ProtocolVersions.MCP_2025_11_25);
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "toolgate").put("version", ourVersion);
    return session
        .request("initialize", params, timeout)
        .thenCompose(
            answer -> {
              String revision = answer.path("protocolVersion").asText("");
              if (!REVISIONS.contains(revision)) {
                throw Problem.UPSTREAM_INVALID.because(
                    "The server speaks a protocol revision unknown here: \""
                        + session.shown(revision)
                        + "\".");
              }
              session.agreed(revision);
              session.notify("notifications/initialized");
              return tools(server, session, answer, timeout)
                  .thenApply(tools -> new Handshake(instructions(answer), tools));
            });
  }

  private static CompletableFuture<List<McpTool>> tools(
      String server, McpSession session, JsonNode answer, Duration timeout) {
    return answer.path("capabilities").has("tools")
        ? ToolList.read(server, session, timeout)
        : CompletableFuture.completedFuture(List.of());
  }

  private static Optional<String> instructions(JsonNode answer) {
    String text = answer.path("instructions").asText("");
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
