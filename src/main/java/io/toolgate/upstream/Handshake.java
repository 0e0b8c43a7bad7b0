package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.ProtocolVersions;
import io.toolgate.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * The beginning of a session: who we are, which revision both speak, and which tools there are.
 *
 * @param instructions what the server tells a model about itself
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">MCP,
 *     Lifecycle</a>
 */
record Handshake(Optional<String> instructions, List<McpTool> tools) {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

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
              session.agreed(revision(answer, session));
              session.notify("notifications/initialized");
              return tools(server, session, answer, timeout)
                  .thenApply(tools -> new Handshake(instructions(answer), tools));
            });
  }

  private static CompletableFuture<List<McpTool>> tools(
      String server, McpSession session, JsonNode answer, Duration timeout) {
    session.declaresTools(answer.path("capabilities").hasNonNull("tools"));
    return ToolList.read(server, session, timeout);
  }

  /**
   * What both speak. Earlier revisions than those we know differ little from them; of a later one
   * nothing is known.
   */
  private static String revision(JsonNode answer, McpSession session) {
    String revision = answer.path("protocolVersion").asText("").strip();
    boolean later =
        DATE.matcher(revision).matches() && revision.compareTo(ProtocolVersions.MCP_2025_11_25) > 0;
    if (later) {
      throw Problem.UPSTREAM_INVALID.because(
          "The server speaks a protocol revision unknown here: \""
              + session.shown(revision)
              + "\".");
    }
    if (!DATE.matcher(revision).matches()) {
      session.warnOnce("it names no protocol revision that there is");
    }
    return DATE.matcher(revision).matches() ? revision : ProtocolVersions.MCP_2025_03_26;
  }

  private static Optional<String> instructions(JsonNode answer) {
    String text = answer.path("instructions").asText("");
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
