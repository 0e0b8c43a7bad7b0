package io.toolgate.bench.program;

import io.toolgate.bench.load.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another program between HTTP and a server on stdio. It speaks MCP (Streamable HTTP), so that a
 * call is a JSON-RPC message in a session that was opened before.
 */
public final class Peer implements AutoCloseable {
  private static final String PORT = "@port@";
  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  private final Child child;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Peer(Child child, URI address) {
    this.child = child;
    this.address = address;
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
  }

  /** Starts a program for Node, with {@code @port@} for the port, and opens a session. */
  public static Peer start(Workspace workspace, List<String> words)
      throws IOException, InterruptedException {
    String port = Integer.toString(Workspace.freePort());
    List<String> command = new ArrayList<>();
    // Some of them listen on every address of the machine; this keeps them on loopback.
    String loopback = workspace.home().resolve("src/test/npm/loopback.cjs").toString();
    command.addAll(List.of("node", "--require", loopback));
    words.forEach(word -> command.add(word.replace(PORT, port)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(workspace.home().resolve("bench/target/peers").toFile());
    builder.redirectOutput(workspace.file("peer.log").toFile());
    Peer peer = new Peer(Child.start(builder), URI.create("http://127.0.0.1:" + port + "/mcp"));
    try {
      peer.open();
    } catch (IOException | InterruptedException | RuntimeException e) {
      peer.close();
      throw e;
    }
    return peer;
  }

  private void open() throws IOException, InterruptedException {
    HttpResponse<String> answer = null;
    for (int i = 0; answer == null; i++) {
      child.mustRun();
      try {
        answer = send(HELLO);
      } catch (IOException e) {
        if (i > 3000) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
    headers.put("Mcp-Session-Id", answer.headers().firstValue("mcp-session-id").orElseThrow());
    send(INITIALIZED);
    String said = send(call().body().replace("@id@", "1")).body();
    if (!said.contains("\"text\":\"hello\"")) {
      throw new IOException("A peer answers " + said);
    }
  }

  private HttpResponse<String> send(String message) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(message));
    headers.forEach(builder::header);
    return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A call of echo; {@code @id@} stands for its number. */
  public Request call() {
    return new Request(
        address,
        "POST",
        headers,
        "{\"jsonrpc\":\"2.0\",\"id\":@id@,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"echo\",\"arguments\":{\"message\":\"hello\"}}}");
  }

  @Override
  public void close() {
    child.close();
  }
}
