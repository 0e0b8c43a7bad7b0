package io.toolgate.openwebui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each generation makes of answers in which the kinds of content are mixed: all lists of up to
 * three kinds, with structured content and without.
 */
class AnswerMixturesTest {
  private static final String BASE64 = "UklGRg==";

  private enum Kind {
    TEXT("{'type':'text','text':'some words'}", "some words"),
    EMPTY("{'type':'text','text':''}", ""),
    BLANK("{'type':'text','text':' \\n'}", ""),
    ZERO("{'type':'text','text':'0'}", "0"),
    FALSE("{'type':'text','text':'false'}", "false"),
    EVENT("{'type':'text','text':'data: an event'}", "an event"),
    JSON("{'type':'text','text':'{\\\"degrees\\\": 21}'}", "degrees"),
    PICTURE("{'type':'image','mimeType':'image/png','data':'UklGRg=='}", "data:image/png"),
    SVG("{'type':'image','mimeType':'image/svg+xml','data':'UklGRg=='}", "data:image/svg+xml"),
    AUDIO("{'type':'audio','mimeType':'audio/wav','data':'UklGRg=='}", "data:audio/wav"),
    PDF(
        "{'type':'resource','resource':{'uri':'x:1','mimeType':'application/pdf','blob':'UklGRg=='}}",
        "data:application/pdf"),
    NOTE("{'type':'resource','resource':{'uri':'x:1','text':'a note'}}", "a note"),
    LINK("{'type':'resource_link','uri':'file:///report','name':'report'}", "file:///report"),
    HOLOGRAM("{'type':'hologram','depth':3}", "hologram");

    final JsonNode block;
    final String said;

    Kind(String block, String said) {
      this.block =
          Documents.json("{'block':" + block.replace("\\\"", "\\u0022") + "}").get("block");
      this.said = said;
    }

    boolean isFile() {
      return said.startsWith("data:");
    }

    /** Structured content says it again. */
    boolean isPlainText() {
      return block.path("type").asText().equals("text");
    }
  }

  private static Stream<List<Kind>> mixtures() {
    List<List<Kind>> mixtures = new ArrayList<>();
    mixtures.add(List.of());
    for (Kind first : Kind.values()) {
      mixtures.add(List.of(first));
      for (Kind second : Kind.values()) {
        mixtures.add(List.of(first, second));
        for (Kind third : Kind.values()) {
          mixtures.add(List.of(first, second, third));
        }
      }
    }
    return mixtures.stream();
  }

  @ParameterizedTest
  @EnumSource
  void everyMixtureIsSeen(Generation generation) {
    mixtures()
        .forEach(
            kinds -> {
              check(generation, kinds, false);
              check(generation, kinds, true);
            });
  }

  private static void check(Generation generation, List<Kind> kinds, boolean structured) {
    String mixture = generation + " " + kinds + (structured ? " structured" : "");
    ToolResult seen = seen(generation, kinds, structured);
    List<String> files = seen instanceof ToolResult.Files some ? some.dataUris() : List.of();
    String message = seen.message();

    assertFalse(message.isBlank(), mixture);
    assertFalse(seen instanceof ToolResult.Failed, mixture);
    boolean lonePicture =
        generation == Generation.OLD && message.startsWith("data:image/png") && files.isEmpty();
    assertTrue(lonePicture || !message.contains(BASE64), mixture + " as text: " + message);
    long expected = kinds.stream().filter(Kind::isFile).count();
    assertEquals(expected, files.size() + (lonePicture ? 1 : 0), mixture);
    for (Kind kind : kinds) {
      boolean there =
          kind.isFile()
              ? lonePicture || files.stream().anyMatch(uri -> uri.startsWith(kind.said))
              : message.contains(kind.said) || structured && kind.isPlainText();
      assertTrue(there, mixture + " lost " + kind + ": " + message);
    }
    assertTrue(!structured || message.contains("humidity"), mixture);
    if (seen instanceof ToolResult.Files some && message.startsWith("A picture")) {
      assertFalse(some.dataUris().get(0).startsWith("data:image/svg"), mixture);
    }
  }

  /** A list whose only text is a file's would leave the model with nothing to read. */
  @Test
  void aLoneFileComesWithWords() {
    for (Kind kind : List.of(Kind.SVG, Kind.AUDIO, Kind.PDF)) {
      ToolResult seen = seen(Generation.NEW, List.of(kind), false);

      JsonNode results =
          Documents.json(assertInstanceOf(ToolResult.Files.class, seen).message()).get("results");
      assertEquals(1, results.size());
      assertTrue(results.get(0).asText().contains(kind.said.substring("data:".length())));
    }
  }

  private static ToolResult seen(Generation generation, List<Kind> kinds, boolean structured) {
    ObjectNode result = Reply.JSON.createObjectNode();
    ArrayNode content = result.putArray("content");
    kinds.forEach(kind -> content.add(kind.block));
    if (structured) {
      result.putObject("structuredContent").put("humidity", 65);
    }
    byte[] body =
        io.toolgate.result.ToolResult.toJson(result).toString().getBytes(StandardCharsets.UTF_8);
    HttpHeaders headers =
        HttpHeaders.of(Map.of("content-type", List.of("application/json")), (name, value) -> true);
    return new AnswerReading(generation).read(new Reply(200, headers, body));
  }
}
