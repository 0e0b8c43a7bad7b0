package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
  private static OptionalLong id(String excerpt) {
    return Excerpt.answeredId(excerpt.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[{\"id\":9,",
        "{ \"id\" : 7 , \"result\" : { \"items\": [ {\"id\": 9}, {\"id\": 10}]}}",
        "{\"id\":\"7\",\"result\":{\"content\":[{\"id\":9}",
        "{\"method\":null,\"params\":null,\"id\":7,\"error\":null,\"result\":{\"id\":9}",
        "{\"id\":7.0,\"result\":{\"content\":[{\"id\":9}",
        "{\"id\":7e0,\"result\":{\"content\":[{\"id\":9}",
        "{\"id\":7,\"error\":{\"data\":{\"id\":9,\"result\":1}}}",
        "{\"result\":{\"content\":[{\"id\":9},{\"id\":\"x\"}]},\"jsonrpc\":\"2.0\",\"id\":7}",
        "{\"result\":{\"method\":\"m\"},\"id\":7,\"jsonrpc\":\"2.0\"}",
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1},\"id\":7}",
      })
  void findsTheRequestThatIsAnswered(String excerpt) {
    assertEquals(OptionalLong.of(7), id(excerpt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text that is very long",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"id\":9,",
        "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"sampling/createMessage\",\"params\":{",
        "{\"id\":\"nobody-asked\",\"result\":{\"id\":9}}",
        "{\"id\":null,\"error\":{\"id\":9}}",
        "{\"id\":12345678901234567890,\"result\":{\"id\":9}}",
        "{\"result\":{\"content\":[]}}",
        "{\"level\":\"info\",\"id\":9,\"message\":\"a line of a log\"",
        "{\"params\":{\"id\":9,\"result\":1},\"method\":\"notifications/message\"}",
      })
  void findsNoneWhereNoRequestOfOursIsAnswered(String excerpt) {
    assertEquals(OptionalLong.empty(), id(excerpt));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 100_000})
  void keepsBothEndsOfAMessage(int length) {
    byte[] message = new byte[length + 20];
    new Random(1).nextBytes(message);

    byte[] excerpt = Excerpt.of(message, 10, length);

    int kept = Math.min(length, 8192);
    assertEquals(kept, excerpt.length);
    assertArrayEquals(
        Arrays.copyOfRange(message, 10, 10 + kept / 2), Arrays.copyOf(excerpt, kept / 2));
    assertArrayEquals(
        Arrays.copyOfRange(message, 10 + length - kept / 2, 10 + length),
        Arrays.copyOfRange(excerpt, kept - kept / 2, kept));
  }
}
