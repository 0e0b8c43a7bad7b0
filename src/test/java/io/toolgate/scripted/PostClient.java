package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The least client that can talk to an MCP server over HTTP. Follows no redirects. */
final class PostClient {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;
  private final String[] headers;

  /**
   * @param headers names and values by turns, sent with every request
   */
  PostClient(URI url, String... headers) {
    this.url = url;
    this.headers = headers;
  }

  /** The same server with one more header. */
  PostClient with(String name, String value) {
    return new PostClient(
        url, Stream.concat(Stream.of(headers), Stream.of(name, value)).toArray(String[]::new));
  }

  /** Initializes, and returns a client of the session. */
  PostClient initialize() throws Exception {
    return with(
        "Mcp-Session-Id",
        request("initialize", "{}").headers().firstValue("Mcp-Session-Id").orElseThrow());
  }

  HttpResponse<String> call(String tool, String arguments) throws Exception {
    return callLater(tool, arguments).get();
  }

  CompletableFuture<HttpResponse<String>> callLater(String tool, String arguments) {
    String params = "{'name':'%s','arguments':%s}".formatted(tool, arguments);
    return sendLater("POST", message("tools/call", params));
  }

  HttpResponse<String> request(String method, String params) throws Exception {
    return send("POST", message(method, params));
  }

  /** Posts a body, with single quotes for double ones. */
  HttpResponse<String> post(String body) throws Exception {
    return send("POST", body);
  }

  HttpResponse<String> send(String method, String body) throws Exception {
    return sendLater(method, body).get();
  }

  private CompletableFuture<HttpResponse<String>> sendLater(String method, String body) {
    return http.sendAsync(
        builder()
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build(),
        BodyHandlers.ofString());
  }

  private static String message(String method, String params) {
    return "{'jsonrpc':'2.0','id':1,'method':'%s','params':%s}".formatted(method, params);
  }

  /** Opens an event stream, as its lines. */
  Iterator<String> stream() throws IOException, InterruptedException {
    return http.send(builder().build(), BodyHandlers.ofLines()).body().iterator();
  }

  private HttpRequest.Builder builder() {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url)
            .timeout(Await.LIMIT)
            .header("Accept", "application/json, text/event-stream");
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder;
  }

  /** The data of the next event with data. */
  static String nextData(Iterator<String> lines) {
    while (true) {
      String line = lines.next();
      if (line.startsWith("data: ")) {
        return line.substring("data: ".length());
      }
    }
  }

  static String text(JsonNode answer) {
    return answer.at("/result/content/0/text").asText();
  }
}
