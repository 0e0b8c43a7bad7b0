package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.openwebui.LoopbackServer.Request;
import io.toolgate.openwebui.LoopbackServer.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Shows that the contract can be kept: a handful of scripted answers keeps all of it. */
class OpenWebUiContractTest extends OpenWebUiContract {
  private static final Map<String, String> CORS =
      Map.of(
          "Access-Control-Allow-Origin",
          "http://localhost:3000",
          "Access-Control-Allow-Methods",
          "GET, POST, PUT, PATCH, DELETE, OPTIONS",
          "Access-Control-Allow-Headers",
          "authorization, content-type, x-api-key, x-session-id, mcp-session-id,"
              + " mcp-protocol-version",
          "Access-Control-Expose-Headers",
          "Content-Disposition, Location, Mcp-Session-Id");

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/s/t", "\"you said hello\"",
          "/s/bare", "\"it was said\"",
          "/s/picture", "\"data:image/png;base64,AAAA\"",
          "/s/texts", "[\"one\", \"two\"]",
          "/s/object", "{\"sum\": 3}",
          "/s/nothing", "[]");

  private static LoopbackServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new LoopbackServer(request -> answer(request).with(CORS));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static Response answer(Request request) {
    String path = request.target().replaceAll("/+", "/");
    if (request.method().equals("OPTIONS")) {
      return Response.of(204, Map.of(), "");
    }
    if (request.method().equals("GET")) {
      return switch (path) {
        case "/openapi.json" -> Response.json(200, sevenTools());
        case "/s" ->
            Response.json(200, "{\"tools\": [{\"operationId\": \"s_t\", \"inputSchema\": {}}]}");
        default -> problem(404, "There is no such page.");
      };
    }
    if (path.equals("/s/failing")) {
      return problem(424, "The disk is full.");
    }
    if (!ANSWERS.containsKey(path)) {
      return problem(404, "There is no such tool.");
    }
    if (!request.body().isEmpty() && !request.body().matches("(?s)\\{.*}")) {
      return problem(400, "Send a JSON object.");
    }
    boolean wrong = request.body().contains("\"p\":1");
    return wrong ? problem(422, "/p must be a string.") : Response.json(200, ANSWERS.get(path));
  }

  private static Response problem(int status, String detail) {
    return Response.json(status, "{\"detail\": \"" + detail + "\"}");
  }

  private static String sevenTools() {
    ObjectNode document = Documents.withProperty("{'type': 'string', 'description': 'Said.'}");
    ObjectNode paths = (ObjectNode) document.get("paths");
    for (String tool : List.of("bare", "picture", "texts", "object", "nothing", "failing")) {
      ObjectNode item = paths.get("/s/t").deepCopy();
      item.findParent("operationId").put("operationId", "s_" + tool);
      item.findParent("requestBody").remove("requestBody");
      paths.set("/s/" + tool, item);
    }
    return document.toString();
  }

  @Override
  public String baseUrl() {
    return server.url();
  }

  @Override
  public Sample echo() {
    return Sample.of("s_t", "{'p': 'hello'}", "hello");
  }

  @Override
  public Sample withoutArguments() {
    return Sample.of("s_bare", "{}", "said");
  }

  @Override
  public Sample nullForOptional() {
    return Sample.of("s_t", "{'p': null}", "said");
  }

  @Override
  public Sample picture() {
    return Sample.of("s_picture", "{}", "AAAA");
  }

  @Override
  public Sample severalTexts() {
    return Sample.of("s_texts", "{}", "two");
  }

  @Override
  public Sample structured() {
    return Sample.of("s_object", "{}", "sum");
  }

  @Override
  public Sample withoutResult() {
    return Sample.of("s_nothing", "{}", "");
  }

  @Override
  public Sample failing() {
    return Sample.of("s_failing", "{}", "disk is full");
  }

  @Override
  public Sample invalid() {
    return Sample.of("s_t", "{'p': 1}", "/p");
  }
}
