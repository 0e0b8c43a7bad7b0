package io.toolgate.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The conversation of the time server: one JSON-RPC message per line in, one answer per line out,
 * until the input ends.
 *
 * <p>Invariant: standard output carries protocol lines only, and every request gets exactly one
 * answer before the next line is read. Whatever a line holds, the conversation goes on.
 *
 * <p>Threading: one thread; no call waits for anything.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">MCP,
 *     Lifecycle</a>
 */
public final class TimeServer {
  private static final List<String> REVISIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final TimeTools tools;

  TimeServer(Clock clock) {
    tools = new TimeTools(clock);
  }

  /** Serves standard input; takes no arguments. */
  public static void main(String... arguments) throws IOException {
    try (Writer out = utf8(new FileOutputStream(FileDescriptor.out))) {
      System.setOut(System.err);
      new TimeServer(Clock.systemUTC())
          .serve(new InputStreamReader(System.in, StandardCharsets.UTF_8), out);
    }
  }

  private static Writer utf8(FileOutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  void serve(Reader in, Writer out) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Optional<ObjectNode> answer = line.isBlank() ? Optional.empty() : answer(line);
      if (answer.isPresent()) {
        out.write(JSON.writeValueAsString(answer.get()));
        out.write('\n');
        out.flush();
      }
    }
  }

  /** The answer to one line; empty for notifications and answers, which get none. */
  private Optional<ObjectNode> answer(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return Optional.of(new RpcError(-32700, "The line is not JSON.").answerTo(NODES.nullNode()));
    }
    if (message.has("result") || message.has("error")) {
      return Optional.empty();
    }
    JsonNode id = message.path("id");
    boolean known = id.isTextual() || id.isNumber();
    if (!message.path("method").isTextual() || !(known || id.isMissingNode())) {
      return Optional.of(
          new RpcError(-32600, "The line is not a JSON-RPC request.")
              .answerTo(known ? id : NODES.nullNode()));
    }
    return id.isMissingNode() ? Optional.empty() : Optional.of(answer(id, message));
  }

  private ObjectNode answer(JsonNode id, JsonNode request) {
    try {
      ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0");
      answer.set("id", id);
      answer.set("result", result(request.get("method").textValue(), request.path("params")));
      return answer;
    } catch (RpcError e) {
      return e.answerTo(id);
    }
  }

  private ObjectNode result(String method, JsonNode params) throws RpcError {
    if (!params.isObject() && !params.isMissingNode()) {
      throw RpcError.invalidParams("The params are not a JSON object.");
    }
    return switch (method) {
      case "initialize" -> initialize(params);
      case "ping" -> NODES.objectNode();
      case "tools/list" -> NODES.objectNode().set("tools", TimeTools.descriptions());
      case "tools/call" -> call(params);
      default -> throw new RpcError(-32601, "There is no method '" + method + "'.");
    };
  }

  private static ObjectNode initialize(JsonNode params) {
    String asked = params.path("protocolVersion").asText();
    ObjectNode result =
        NODES
            .objectNode()
            .put("protocolVersion", REVISIONS.contains(asked) ? asked : REVISIONS.get(0));
    result.putObject("capabilities").putObject("tools").put("listChanged", false);
    String version = TimeServer.class.getPackage().getImplementationVersion();
    result
        .putObject("serverInfo")
        .put("name", "toolgate-time")
        .put("title", "Time")
        .put("version", version == null ? "development" : version);
    return result;
  }

  private ObjectNode call(JsonNode params) throws RpcError {
    JsonNode arguments = params.path("arguments");
    if (!arguments.isObject() && !arguments.isMissingNode()) {
      throw RpcError.invalidParams("The arguments are not a JSON object.");
    }
    try {
      JsonNode time = tools.call(params.path("name").asText(), arguments);
      ObjectNode result = text(time.toString()).put("isError", false);
      return result.set("structuredContent", time);
    } catch (TimeMistake e) {
      return text(e.getMessage()).put("isError", true);
    }
  }

  private static ObjectNode text(String text) {
    ObjectNode result = NODES.objectNode();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    return result;
  }
}
