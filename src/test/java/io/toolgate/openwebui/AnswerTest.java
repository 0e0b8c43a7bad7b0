package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.openwebui.LoopbackServer.Request;
import io.toolgate.openwebui.LoopbackServer.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  private static final OpenWebUi OLD = new OldBackend();
  private static final OpenWebUi NEW = new NewBackend();
  private static final OpenWebUi PAGE = new Browser();
  private static final String PNG = "data:image/png;base64,AAAA";

  static Stream<OpenWebUi> clients() {
    return Stream.of(OLD, NEW, PAGE);
  }

  static Stream<OpenWebUi> newest() {
    return Stream.of(NEW, PAGE);
  }

  private static ToolResult result(OpenWebUi client, Response answer) throws IOException {
    try (var server = new LoopbackServer(r -> script(r, answer))) {
      return client.connect(server.url(), Auth.none()).call("s_t", Map.of("p", "x"));
    }
  }

  private static Response script(Request request, Response answer) {
    String document = Documents.withProperty("{'type': 'string'}").toString();
    boolean isCall = request.method().equals("POST");
    return (isCall ? answer : Response.json(200, document))
        .with(
            Map.of(
                "Access-Control-Allow-Origin", "*",
                "Access-Control-Allow-Headers", "content-type",
                "Access-Control-Expose-Headers", "Content-Disposition, Location"));
  }

  private static ToolResult json(OpenWebUi client, String body) throws IOException {
    return result(client, Response.json(200, body));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anErrorStatusShowsTheWholeBodyToTheModel(OpenWebUi client) throws IOException {
    ToolResult result = result(client, Response.json(424, "{\"detail\": \"No such file.\"}"));

    assertInstanceOf(ToolResult.Failed.class, result);
    assertTrue(result.message().contains("424"));
    assertTrue(result.message().endsWith("{\"detail\": \"No such file.\"}"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aJsonStringIsText(OpenWebUi client) throws IOException {
    assertEquals(new ToolResult.Text("hi"), json(client, "\"hi\""));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anObjectIsJson(OpenWebUi client) throws IOException {
    assertInstanceOf(ToolResult.Json.class, json(client, "{\"a\": 1}"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void nullIsAnEmptyMessage(OpenWebUi client) throws IOException {
    assertEquals("", json(client, "null").message());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void whatPythonTakesForNothingIsAnEmptyMessage(OpenWebUi client) throws IOException {
    for (String body : List.of("0", "0.0", "-0.0", "false", "\"\"")) {
      assertEquals("", json(client, body).message());
    }
    assertEquals("True", json(client, "true").message());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anEmptyBodyIsAnEmptyMessage(OpenWebUi client) throws IOException {
    assertEquals("", result(client, Response.of(204, Map.of(), "")).message());
  }

  @Test
  void anEmptyJsonBodyIsAnEmptyMessage() throws IOException {
    assertEquals("", json(OLD, "").message());
    assertEquals("", json(NEW, "").message());
  }

  @ParameterizedTest
  @MethodSource("newest")
  void anErrorKeyMarksASuccessAsFailed(OpenWebUi client) throws IOException {
    assertInstanceOf(ToolResult.Failed.class, json(client, "{\"error\": \"x\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\": \"error\"}",
        "{\"status\": \"Failed\"}",
        "{\"ok\": false, \"message\": \"x\"}",
        "{\"success\": false, \"message\": \"x\"}",
        "\"Error: x\"",
        "\"{\\\"error\\\": \\\"x\\\"}\""
      })
  void newBackendMarksASuccessAsFailed(String body) throws IOException {
    assertInstanceOf(ToolResult.Failed.class, json(NEW, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\": \"\"}", "{\"error\": null}", "{\"status\": \"done\"}"})
  void newBackendDoesNotMarkASuccessWithoutAnError(String body) throws IOException {
    assertInstanceOf(ToolResult.Json.class, json(NEW, body));
  }

  @Test
  void oldBackendMarksNothing() throws IOException {
    assertInstanceOf(ToolResult.Json.class, json(OLD, "{\"error\": \"x\"}"));
  }

  @ParameterizedTest
  @MethodSource("newest")
  void aStringThatIsAPictureIsAFile(OpenWebUi client) throws IOException {
    ToolResult result = json(client, '"' + PNG + '"');

    assertEquals(List.of(PNG), assertInstanceOf(ToolResult.Files.class, result).dataUris());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aListBecomesResults(OpenWebUi client) throws IOException {
    ToolResult result = json(client, "[\"a\", 1]");

    assertEquals("{\"results\":[\"a\",1]}", ((ToolResult.Json) result).value().toString());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void dataUrisInAListBecomeFiles(OpenWebUi client) throws IOException {
    ToolResult result = json(client, "[\"a\", \"" + PNG + "\", \"b\"]");

    ToolResult.Files files = assertInstanceOf(ToolResult.Files.class, result);
    assertEquals(List.of(PNG), files.dataUris());
    assertTrue(files.message().contains("\"a\", \"b\""), files.message());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void ofTwoDataUrisInARowTheSecondStaysText(OpenWebUi client) throws IOException {
    ToolResult result = json(client, "[\"" + PNG + "\", \"" + PNG + "\"]");

    assertTrue(result.message().contains(PNG));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void inlineHtmlIsEmbedded(OpenWebUi client) throws IOException {
    Map<String, String> headers =
        Map.of("Content-Type", "text/html", "Content-Disposition", "inline");

    ToolResult result = result(client, Response.of(200, headers, "<p>"));

    assertEquals(new ToolResult.Embed("<p>"), result);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void inlineWithALocationEmbedsTheUrl(OpenWebUi client) throws IOException {
    Map<String, String> headers =
        Map.of("Content-Disposition", "inline", "Location", "https://example.org/x");

    ToolResult result = result(client, Response.json(200, "{}").with(headers));

    assertEquals(new ToolResult.Embed("https://example.org/x"), result);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void plainTextStaysText(OpenWebUi client) throws IOException {
    Response text = Response.of(200, Map.of("Content-Type", "text/plain"), "hi there");

    assertEquals(new ToolResult.Text("hi there"), result(client, text));
  }

  @Test
  void browserParsesPlainTextThatIsJson() throws IOException {
    Response text = Response.of(200, Map.of("Content-Type", "text/plain"), "{\"a\":1}");

    assertInstanceOf(ToolResult.Text.class, result(NEW, text));
    assertInstanceOf(ToolResult.Json.class, result(PAGE, text));
  }

  @ParameterizedTest
  @MethodSource("newest")
  void anotherTypeBecomesADataUri(OpenWebUi client) throws IOException {
    Response pdf = Response.of(200, Map.of("Content-Type", "application/pdf"), "%PDF");

    String message = result(client, pdf).message();

    assertEquals("data:application/pdf;base64,JVBERg==", message);
  }

  @Test
  void problemJsonIsParsedAsJson() throws IOException {
    Response problem = Response.of(200, Map.of("Content-Type", "application/a+json"), "{\"a\":1}");

    assertInstanceOf(ToolResult.Json.class, result(NEW, problem));
  }

  @Test
  void aRedirectIsNotFollowedAndLeavesTheModelWithNothing() throws IOException {
    Response redirect = Response.of(307, Map.of("Location", "/s/t/"), "");

    assertEquals("", result(NEW, redirect).message());
    assertInstanceOf(ToolResult.Failed.class, result(PAGE, redirect));
  }
}
