package io.toolgate.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "42",
        "-7",
        "999999999999999",
        "9007199254740991",
        "9007199254740992",
        "123456789012345680000",
        "0.1",
        "1.5",
        "-0.0001",
        "3.141592653589793",
        "1234567890123.5",
        "0.30000000000000004",
        "1e+21",
        "1.5e+300",
        "1e-10",
        "5e-324",
        "1.7976931348623157e+308"
      })
  void aNumberThatReadersWriteTheSameWayIsANumber(String text) {
    assertTrue(DecodedText.of(text).isNumber());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 42\n",
        "5 ",
        "-0",
        "-0.0",
        "0.0",
        "1.0",
        "1.20",
        "1.50",
        "1e5",
        "1E21",
        "1e21",
        "1e400",
        "12e4567",
        "-12e4567",
        "1e-400",
        "0.00001",
        "1e-5",
        "1e-7",
        "0.000001",
        "1e+20",
        "1e16",
        "9007199254740993",
        "12345678901234567890",
        "123456789012345678901234567890",
        "3.1415926535897932",
        "0.1000000000000000055511151231257827",
        "007",
        "+1",
        ".5",
        "1.",
        "1_000",
        "0x10",
        "2024-01-01",
        "1,5",
        "10.0.0.1",
        "-",
        "1e",
        "NaN",
        "-Infinity"
      })
  void anyOtherNumberStaysText(String text) {
    assertEquals(text, DecodedText.of(text).textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1,\"a\":2}", "{\"a\":1} {\"b\":2}", "[1,]", "null", " true", "\"a\" "})
  void jsonThatWouldLoseSomethingStaysText(String text) {
    assertEquals(text, DecodedText.of(text).textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1.20}", "{\"id\":12345678901234567890}", "[1e300,1.0]", "{\"a\":12e4567}"})
  void numbersInsideJsonAreHandedOverAsTheyAre(String text) throws Exception {
    assertEquals(
        new java.math.BigDecimal(text.replaceAll("[^0-9.e]*([0-9.e]+).*", "$1")),
        first(DecodedText.of(text)).decimalValue());
  }

  @ParameterizedTest
  @CsvSource({"500, true", "501, false", "1000, false", "100000, false"})
  void jsonThatIsNestedTooDeeplyStaysText(int levels, boolean decoded) throws Exception {
    for (String open : new String[] {"[", "{\"a\":"}) {
      String close = open.equals("[") ? "]" : "}";
      String text = open.repeat(levels - 1) + "[]" + close.repeat(levels - 1);

      assertEquals(decoded, DecodedText.of(text).isContainerNode());
      for (String others : new String[] {"", ",\"b\"", ",null,{\"type\":\"hologram\"}"}) {
        String block = JSON.writeValueAsString(java.util.Map.of("type", "text", "text", text));
        JsonNode answer =
            ToolResult.toJson(JSON.readTree("{\"content\":[" + block + others + "]}"));

        assertTrue(JSON.writeValueAsString(answer).length() > levels);
      }
    }
  }

  @Test
  void structuredContentAsDeepAsServersMaySendItCanBeWritten() throws Exception {
    String deep = "[".repeat(499) + "]".repeat(499);
    JsonNode result =
        JSON.readTree("{\"structuredContent\":" + deep + ",\"content\":[{\"type\":\"hologram\"}]}");

    assertEquals(
        "[" + deep + ",{\"type\":\"hologram\"}]",
        JSON.writeValueAsString(ToolResult.toJson(result)));
  }

  private static JsonNode first(JsonNode container) {
    return container.iterator().next();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\u0000b | a\uFFFDb",
        "\\ud83d\\ude00 | \uD83D\uDE00",
        "\\ud83d | \uFFFD",
        "\\ude00\\ud83d | \uFFFD\uFFFD",
        "x\\ud83dy | x\uFFFDy",
      })
  void whatCannotBeWrittenIsReplaced(String escaped, String shown) throws Exception {
    for (String result :
        new String[] {
          "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"},{\"%s\":[{\"%s\":\"%s\"}]}]}",
          "{\"structuredContent\":[\"%s\",{\"%s\":[{\"%s\":\"%s\"}]}]}",
          "{\"content\":[\"%s\",{\"type\":\"text\",\"text\":{\"%s\":[{\"%s\":\"%s\"}]}}]}"
        }) {
      JsonNode answer =
          ToolResult.toJson(JSON.readTree(result.formatted(escaped, escaped, escaped, escaped)));

      assertEquals(
          JSON.readTree(
              "[\"%s\",{\"%s\":[{\"%s\":\"%s\"}]}]".formatted(shown, shown, shown, shown)),
          answer);
    }
  }

  @Test
  void namesThatAreEqualAfterwardsStayTwo() throws Exception {
    JsonNode answer =
        ToolResult.toJson(JSON.readTree("{\"content\":{\"\\u0000\":1,\"\\ud83d\":2}}"));

    assertEquals(JSON.readTree("{\"\uFFFD\":1,\"\uFFFD\uFFFD\":2}"), answer);
  }

  @Test
  void escapesInsideADecodedTextAreReplacedToo() throws Exception {
    JsonNode answer =
        ToolResult.toJson(
            JSON.readTree(
                "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":\\\"\\\\u0000\\\"}\"}]}"));

    assertEquals(JSON.readTree("{\"a\":\"\uFFFD\"}"), answer);
  }
}
