package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1500000000",
        "1500000000.0",
        "1500000000.000",
        "1.5e9",
        "1.5E9",
        "1.5e+9",
        "15e8",
        "15000000000e-1",
        "\"1500000000\"",
        "\"1500000000.0\"",
        "\"1.5e+09\"",
        "\" 1500000000 \"",
        "\"+1500000000\"",
        "\"01500000000\"",
      })
  void everySpellingOfANumberIsThatNumber(String id) {
    assertEquals(1_500_000_000L, MessageIds.read(Peer.json(id)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1500000000",
        "1500000000.5",
        "1e400",
        "1e-400",
        "1e1000000000",
        "12345678901234567890",
        "null",
        "true",
        "{}",
        "[1500000000]",
        "\"\"",
        "\"abc\"",
        "\"0x59682F00\"",
        "\"1,500,000,000\"",
        "\"1e1000000000\"",
      })
  void whatIsNoWholePositiveNumberIsNoId(String id) {
    assertEquals(MessageIds.NONE, MessageIds.read(Peer.json(id)));
  }
}
