package io.toolgate.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolResultTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static String answerTo(String result) throws Exception {
    return ToolResult.toJson(JSON.readTree(result)).toString();
  }

  private static String answerToText(String text) throws Exception {
    String block = JSON.writeValueAsString(java.util.Map.of("type", "text", "text", text));
    return answerTo("{\"content\":[" + block + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                 | \"hello\"",
        "42                    | 42",
        "1.5                   | 1.5",
        "true                  | true",
        "true story            | \"true story\"",
        "{\"a\":1}             | {\"a\":1}",
        "[1,2]                 | [1,2]",
        "007                   | \"007\"",
        "2024-01-01            | \"2024-01-01\"",
        "{not json             | \"{not json\"",
        "{\"a\":1} {\"b\":2}   | \"{\\\"a\\\":1} {\\\"b\\\":2}\"",
        "NaN                   | \"NaN\"",
        "null                  | \"null\"",
      })
  void oneTextIsDecodedWhenItIsJson(String text, String answer) throws Exception {
    assertEquals(answer, answerToText(text));
  }

  @Test
  void noContentIsAnEmptyList() throws Exception {
    assertEquals("[]", answerTo("{\"content\":[]}"));
    assertEquals("[]", answerTo("{}"));
  }

  @Test
  void severalItemsAreAListOfDecodedOnes() throws Exception {
    assertEquals(
        "[\"a\",{\"b\":2},3]",
        answerTo(
            """
            {"content":[{"type":"text","text":"a"},{"type":"text","text":"{\\"b\\":2}"},{"type":"text","text":"3"}]}
            """));
  }

  @Test
  void aResourceLinkKeepsItsFields() throws Exception {
    assertEquals(
        "{\"uri\":\"file:///a\",\"name\":\"a\",\"mimeType\":\"text/plain\"}",
        answerTo(
            """
            {"content":[{"type":"resource_link","uri":"file:///a","name":"a","mimeType":"text/plain"}]}
            """));
  }

  @Test
  void anEmbeddedTextIsItsTextUndecoded() throws Exception {
    assertEquals(
        "\"{}\"",
        answerTo(
            "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"x:1\",\"text\":\"{}\"}}]}"));
  }

  @Test
  void contentOfAnUnknownKindIsHandedOnAsItIs() throws Exception {
    assertEquals(
        "{\"type\":\"hologram\",\"shape\":\"cube\"}",
        answerTo("{\"content\":[{\"type\":\"hologram\",\"shape\":\"cube\"}]}"));
  }

  @Test
  void structuredContentIsTheAnswer() throws Exception {
    assertEquals(
        "{\"n\":1.0}",
        answerTo(
            "{\"content\":[{\"type\":\"text\",\"text\":\"one\"}],\"structuredContent\":{\"n\":1.0}}"));
  }

  @Test
  void structuredContentThatOnlyRepeatsTheContentIsPassedOver() throws Exception {
    String image = "[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"AAAA\"}]";

    String answer =
        answerTo("{\"content\":" + image + ",\"structuredContent\":{\"content\":" + image + "}}");

    assertEquals("\"data:image/png;base64,AAAA\"", answer);
  }

  @Test
  void anErrorCarriesTheToolsOwnText() {
    ProblemException problem =
        assertThrows(
            ProblemException.class,
            () ->
                answerTo(
                    "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no such file\"}]}"));

    assertEquals(Problem.TOOL_FAILED, problem.problem());
    assertEquals("no such file", problem.detail());
  }

  @Test
  void anErrorWithoutTextSaysSo() {
    ProblemException problem =
        assertThrows(ProblemException.class, () -> answerTo("{\"isError\":true,\"content\":[]}"));

    assertEquals("The tool reported an error and gave no reason.", problem.detail());
  }
}
