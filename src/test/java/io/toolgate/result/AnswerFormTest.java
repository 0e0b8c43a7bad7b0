package io.toolgate.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of answers that hold files, written in letters: see {@link #letter}. */
class AnswerFormTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PNG = "data:image/png;base64,AAAA";
  private static final String SVG = "data:image/svg+xml;base64,AAAA";
  private static final String WAV = "data:audio/wav;base64,AAAA";

  @ParameterizedTest(name = "{0} is answered as {1}")
  @CsvSource({
    // one item
    "t, t",
    "p, p",
    "s, [w s]",
    "a, [w a]",
    "e, [e]",
    // an empty text beside a file
    "e p, p",
    "p e, p",
    "e a, [w a]",
    "e p e, p",
    "e t, t",
    "t e t, [t t]",
    "e e, [e]",
    "p e p, [p w p]",
    // texts beside files
    "t p, [t p]",
    "p t, [p t]",
    "t a, [t a]",
    "a t, [w a t]",
    "p t p, [p t p]",
    // files in a row
    "p p, [p w p]",
    "p p p, [p w p w p]",
    "a a, [w a w a]",
    "a p, [w a w p]",
    "p a, [p w a]",
    "p s, [p w s]",
    "t p p t, [t p w p t]",
    // structured content
    "o, o",
    "o t, o",
    "o e, o",
    "o p, [o p]",
    "o t p, [o p]",
    "o a, [o a]",
    "o p a, [o p w a]",
    "o e p, [o p]",
  })
  void aMixtureHasItsForm(String content, String answer) {
    ObjectNode result = JSON.createObjectNode();
    ArrayNode blocks = result.putArray("content");
    for (String letter : content.split(" ")) {
      switch (letter) {
        case "o" -> result.putObject("structuredContent").put("n", 1);
        case "t" -> blocks.addObject().put("type", "text").put("text", "hello");
        case "e" -> blocks.addObject().put("type", "text").put("text", "");
        case "p" -> add(blocks, "image", "image/png");
        case "s" -> add(blocks, "image", "image/svg+xml");
        default -> add(blocks, "audio", "audio/wav");
      }
    }

    JsonNode shown = ToolResult.toJson(result);

    String letters =
        shown.isArray()
            ? "["
                + String.join(
                    " ",
                    Stream.of(JSON.convertValue(shown, JsonNode[].class))
                        .map(AnswerFormTest::letter)
                        .toList())
                + "]"
            : letter(shown);
    assertEquals(answer, letters, shown.toString());
  }

  /** o(bject), t(ext), e(mpty text), p(icture), s(vg), a(udio), w(ords about a file). */
  private static String letter(JsonNode item) {
    return item.isObject()
        ? "o"
        : switch (item.textValue()) {
          case "hello" -> "t";
          case "" -> "e";
          case PNG -> "p";
          case SVG -> "s";
          case WAV -> "a";
          case "The tool gave a picture: image/png, 3 bytes.",
              "The tool gave a file: image/svg+xml, 3 bytes.",
              "The tool gave a file: audio/wav, 3 bytes." ->
              "w";
          default -> item.textValue();
        };
  }

  private static void add(ArrayNode blocks, String type, String mimeType) {
    blocks.addObject().put("type", type).put("mimeType", mimeType).put("data", "AAAA");
  }
}
