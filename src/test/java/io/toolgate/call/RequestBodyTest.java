package io.toolgate.call;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t", "\uFEFF"})
  void readsAnEmptyBodyAsNoArguments(String body) {
    assertEquals("{}", read(body));
  }

  @Test
  void readsAMissingBodyAsNoArguments() {
    assertTrue(RequestBody.read(null).isEmpty());
  }

  @Test
  void toleratesAByteOrderMark() {
    assertEquals("{\"a\":1}", read("\uFEFF{\"a\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1.0}",
        "{\"a\":0.10}",
        "{\"a\":123456789012345678901234567890}",
        "{\"a\":0.1234567890123456789012345678901234567890}",
        "{\"a\":-9223372036854775809}"
      })
  void keepsEveryDigitOfANumber(String body) {
    assertEquals(body, read(body));
  }

  @Test
  void keepsANumberThatIsTooLargeForADouble() {
    assertEquals("{\"a\":1E+400}", read("{\"a\":1e400}"));
  }

  @Test
  void keepsEscapedCharacters() {
    assertEquals("{\"a\":\"\uD83D\uDE00\\\\ud83d\"}", read("{\"a\":\"\\ud83d\\ude00\\\\ud83d\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "true", "null", "\"abc\""})
  void refusesWhatIsNoObject(String body) {
    String detail = refusal(body);
    assertTrue(detail.startsWith("The request body must be a JSON object"), detail);
  }

  @Test
  void refusesTheSameKeyTwice() {
    assertEquals(
        "The request body has the key \"a\" twice in one object; its second value ends"
            + " (line 2, column 6).",
        refusal("{\"a\":1,\n\"a\":2}"));
  }

  @Test
  void refusesTheSameKeyTwiceAtAnyDepth() {
    assertTrue(refusal("{\"x\":[{\"b\":{},\"b\":{}}]}").contains("key \"b\" twice"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void refusesNumbersThatAreNone(String number) {
    assertTrue(refusal("{\"a\":" + number + "}").contains("NaN and Infinity are no JSON numbers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} x", "{}{}", "{}}", "{} // end", "1 2"})
  void refusesWhatFollowsTheObject(String body) {
    assertTrue(refusal(body).startsWith("The request body goes on after its JSON object ends"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\"", "{\"a\":", "{\"a\":\"x", "{\"a\":[1"})
  void refusesABodyThatEndsTooEarly(String body) {
    assertEquals("The request body ends before its JSON is complete.", refusal(body));
  }

  @Test
  void namesThePlaceOfAMistake() {
    assertEquals(
        "The request body is not valid JSON: strings and keys need double quotes"
            + " (line 3, column 2).",
        refusal("{\"\u00E9\": 1,\n\n 'a': 2}"));
  }

  @Test
  void reads128Levels() {
    assertFalse(read("{\"a\":" + "[".repeat(127) + "]".repeat(127) + "}").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 100_000})
  void refusesDeeperNesting(int depth) {
    String detail = refusal("{\"a\":" + "[".repeat(depth));
    assertTrue(detail.startsWith("The request body is nested deeper than 128 levels"), detail);
  }

  @Test
  void readsANumberOf1000Digits() {
    String body = "{\"a\":" + "7".repeat(1_000) + "}";
    assertEquals(body, read(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000", "1e-1001", "1e999999999", "1e99999999999999", "-1E+2000"})
  void refusesANumberThatOnlyAnExponentMakesShort(String number) {
    assertTrue(refusal("{\"a\":" + number + "}").contains("number of more than 1000 digits"));
  }

  @Test
  void refusesANumberOfMoreThan1000Digits() {
    assertTrue(refusal("{\"a\":" + "7".repeat(1_001) + "}").contains("more than 1000 digits"));
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};
    assertEquals(
        "The request body is not valid UTF-8; the first bad byte is at offset 6.", refusal(body));
  }

  @Test
  void readsAReplacementCharacterThatWasReallySent() {
    assertEquals("{\"a\":\"\uFFFD\"}", read("{\"a\":\"\uFFFD\"}"));
  }

  @Test
  void refusesOtherEncodings() {
    assertTrue(refusal("{\"a\":1}".getBytes(UTF_16LE)).startsWith("The request body is not"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ud83dx\\ude00", "\\ud83d\\n", "\\ud83d\\ud83d"})
  void refusesHalfOfACharacter(String escape) {
    assertEquals(
        "The request body has an escape for half of a character (a lone surrogate)"
            + " (line 1, column 7).",
        refusal("{\"a\":\"" + escape + "\"}"));
  }

  @Test
  void neverRepeatsTheBodyNorTheParser() {
    String detail = refusal("{\"password\": \"secret\" oops}");
    assertFalse(detail.matches("(?i).*(secret|password|jackson|exception|source|token).*"), detail);
  }

  @Test
  void shortensALongKey() {
    String key = "k".repeat(10_000);
    assertTrue(refusal("{\"" + key + "\":1,\"" + key + "\":2}").length() < 200);
  }

  private static String read(String body) {
    return RequestBody.read(body.getBytes(UTF_8)).toString();
  }

  private static String refusal(String body) {
    return refusal(body.getBytes(UTF_8));
  }

  private static String refusal(byte[] body) {
    ProblemException refusal = assertThrows(ProblemException.class, () -> RequestBody.read(body));
    assertEquals(Problem.MALFORMED_BODY, refusal.problem());
    return refusal.detail();
  }
}
