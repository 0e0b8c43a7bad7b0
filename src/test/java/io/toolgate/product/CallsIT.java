package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a call is written, and what becomes of its arguments and its result. */
class CallsIT {
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(Scripted.stdio()),
                    "s_t", Definition.of(Scripted.stdio().withoutOddTools())))
            .awaitReady("s", "s_t");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static JsonNode json(String text) {
    try {
      return Answer.JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void noBodyCountsAsNoArguments() {
    Answer answer = product.send("POST", "/s/arguments", null);

    assertEquals("{}", answer.ok());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "{}", "{\"arguments\":{}}", "\uFEFF{}"})
  void anEmptyBodyCountsAsNoArguments(String body) {
    Answer answer = product.post("/s/arguments", body);

    assertEquals("{}", answer.ok());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain;charset=iso-8859-1",
        "multipart/form-data",
        "application/octet-stream",
        "garbage"
      })
  void aJsonBodyIsReadUnderAnyContentType(String type) {
    Answer answer = product.post("/s/echo", "{\"message\":\"grün\"}", "Content-Type", type);

    assertEquals("\"grün\"", answer.ok());
  }

  @Test
  void argumentsMayBeWrapped() {
    Answer answer = product.post("/s/add", "{\"arguments\":{\"a\":1,\"b\":2},\"name\":\"add\"}");

    assertEquals("3", answer.ok());
  }

  @Test
  void aNullForAnOptionalPropertyIsDropped() {
    Answer answer = product.post("/s/with%20space", "{\"message\":null}");

    assertEquals("{\"tool\":\"with space\",\"arguments\":{}}", answer.ok());
  }

  @Test
  void anUnknownKeyIsPassedOn() {
    Answer answer = product.post("/s/with%20space", "{\"message\":\"m\",\"extra\":[1,null]}");

    assertEquals(
        "{\"tool\":\"with space\",\"arguments\":{\"message\":\"m\",\"extra\":[1,null]}}",
        answer.ok());
  }

  @Test
  void numbersReachTheToolAsTheyWereSent() {
    String numbers =
        "{\"a\":1.0,\"b\":12345678901234567890,\"c\":1e-7,\"d\":0.10,\"e\":-0,\"f\":1E400,"
            + "\"g\":3.141592653589793238462643383279}";

    Answer answer = product.post("/s/arguments", numbers);

    assertEquals(json(numbers), json(answer.ok()));
    assertTrue(answer.text().contains("12345678901234567890"), answer.text());
    assertTrue(answer.text().contains("\"a\":1.0,"), answer.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//s/echo", "/s//echo", "//s///echo", "/s_echo", "//s_echo", "/s/echo?x=1"})
  void aToolIsReachedWithoutRedirectAt(String path) {
    Answer answer = product.post(path, "{\"message\":\"m\"}");

    assertEquals("\"m\"", answer.ok());
  }

  @Test
  void aFlatNameOfTwoServersIsTheOperationIdFirst() {
    Answer answer = product.post("/s_t_echo", "{\"message\":\"m\"}");

    assertEquals("\"m\"", answer.ok());
  }

  /** What the document says is the path of a tool reaches that tool. */
  @Test
  void toolsWithOddNamesAreReachedByThePathInTheDocument() {
    Map<String, String> paths = new LinkedHashMap<>();
    product
        .get("/openapi.json")
        .json()
        .path("paths")
        .properties()
        .forEach(
            path -> {
              JsonNode operation = path.getValue().path("post");
              if (operation.path("description").asText().contains("Echoes its name")
                  && path.getKey().startsWith("/s/")
                  && !path.getKey().contains("schema_")) {
                paths.put(operation.path("x-mcp-tool").asText(), path.getKey());
              }
            });

    assertEquals(9, paths.size(), paths.toString());
    assertTrue(paths.keySet().stream().anyMatch(name -> name.length() == 200), paths.toString());
    paths.forEach(
        (name, path) -> {
          Answer answer = product.post(path, "{\"message\":\"m\"}");

          ObjectNode expected = Answer.JSON.createObjectNode().put("tool", name);
          expected.putObject("arguments").put("message", "m");
          assertEquals(expected, json(answer.ok()), path);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema_true",
        "schema_null",
        "schema_text",
        "schema_missing",
        "schema_empty",
        "schema_recursive",
        "schema_definitions",
        "schema_remote_ref",
        "schema_file_ref",
        "schema_dangling_ref",
        "schema_slow_pattern",
        "schema_bad_pattern",
        "schema_unknown_type"
      })
  void aToolWithAnOddSchemaCanBeCalled(String tool) {
    Answer answer = product.post("/s/" + tool, "{}");

    assertEquals("{\"tool\":\"" + tool + "\",\"arguments\":{}}", answer.ok());
  }

  @Test
  void aPatternThatTakesForEverIsGivenUp() {
    Answer answer =
        product.post("/s/schema_slow_pattern", "{\"text\":\"" + "a".repeat(60) + "!\"}");

    answer.refused(422, "invalid-arguments");
  }

  static Stream<Arguments> results() {
    return Stream.of(
        Arguments.of("many", "{}", "[\"first\",{\"a\":1},42,\"007\"]"),
        Arguments.of("none", "{}", "[]"),
        Arguments.of(
            "audio",
            "{}",
            "[\"The tool gave a file: audio/wav, 4 bytes.\",\"data:audio/wav;base64,UklGRg==\"]"),
        Arguments.of(
            "resource_link",
            "{}",
            "{\"uri\":\"file:///report.txt\",\"name\":\"report.txt\",\"title\":\"Report\",\"description\":\"A report\","
                + "\"mimeType\":\"text/plain\",\"size\":12}"),
        Arguments.of("embedded_text", "{}", "\"a note\""),
        Arguments.of("unknown_content", "{}", "{\"type\":\"hologram\",\"depth\":3}"),
        Arguments.of("structured", "{}", "{\"city\":\"Bern\",\"degrees\":21.5}"),
        Arguments.of("json_text", "{\"text\":\"{\\\"a\\\":[1.0]}\"}", "{\"a\":[1.0]}"),
        Arguments.of("json_text", "{\"text\":\"42\"}", "42"),
        Arguments.of("json_text", "{\"text\":\"007\"}", "\"007\""),
        Arguments.of("json_text", "{\"text\":\"null\"}", "\"null\""),
        Arguments.of("json_text", "{\"text\":\"\"}", "[\"\"]"),
        Arguments.of("broken_result", "{\"kind\":\"no_content\"}", "[]"),
        Arguments.of("broken_result", "{\"kind\":\"item\"}", "7"),
        Arguments.of("answer_in_pieces", "{\"message\":\"ä名😀\"}", "\"ä名😀\""));
  }

  @ParameterizedTest
  @MethodSource("results")
  void aResultIsAnsweredAsJson(String tool, String arguments, String expected) {
    Answer answer = product.post("/s/" + tool, arguments);

    assertEquals(json(expected), json(answer.ok()));
    assertEquals("application/json", answer.header("Content-Type").orElseThrow());
    assertFalse(answer.header("Location").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "embedded_blob"})
  void aPictureIsAnsweredAsDataUri(String tool) {
    Answer answer = product.post("/s/" + tool, "{}");

    assertTrue(answer.ok().matches("\"data:image/png;base64,iVBOR[A-Za-z0-9+/]+==\""));
  }

  @Test
  void severalKindsOfContentAreAListInTheirOrder() {
    JsonNode answer = json(product.post("/s/mixed", "{}").ok());

    assertEquals(8, answer.size());
    assertEquals("a text", answer.get(0).asText());
    assertTrue(answer.get(1).asText().startsWith("data:image/png;base64,"));
    assertEquals("The tool gave a file: audio/wav, 4 bytes.", answer.get(2).asText());
    assertEquals("a note", answer.get(5).asText());
    assertEquals("hologram", answer.get(7).path("type").asText());
  }

  /** As a tool gives it that cuts its text after so many UTF-16 units. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"x\\uD83D\"}", "{\"\\uD83D\":1}"})
  void halfACharacterInAResultIsAnsweredAsTheReplacementCharacter(String text) {
    String body = "{\"text\":" + Answer.JSON.getNodeFactory().textNode(text) + "}";

    Answer answer = product.post("/s/json_text", body);

    assertEquals(text.replace("\\uD83D", "\uFFFD"), answer.ok());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ping|\"result\":{}", "sampling/createMessage|\"code\":-32601"})
  void aQuestionOfTheServerIsAnswered(String method, String expected) {
    Answer answer = product.post("/s/ask_client", "{\"method\":\"" + method + "\"}");

    assertTrue(answer.ok().contains(expected), answer.text());
  }

  @Test
  void aGzippedBodyIsNoJson() {
    byte[] body = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    Answer answer = product.send("POST", "/s/echo", body, "Content-Encoding", "gzip");

    answer.refused(400, "malformed-body");
  }
}
