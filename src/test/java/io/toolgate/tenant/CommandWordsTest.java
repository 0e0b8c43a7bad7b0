package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
  @Test
  void everyWordArrivesAsItWasTyped() {
    List<String> words =
        List.of("npx", "", " ", "a,b", "\\", "\\$", "${HOME}", "$${X}", "ü\n\"", "=", "");

    assertEquals(words, CommandWords.decode(CommandWords.encode(words)));
  }

  @Test
  void holdsNoSignThatConfigurationReads() {
    String value = CommandWords.encode(List.of("${HOME}", "a,b", "\\"));

    assertTrue(value.matches("[A-Za-z0-9_-]+"), value);
  }

  @Test
  void anEmptyWordIsAWord() {
    assertEquals(List.of(""), CommandWords.decode(CommandWords.encode(List.of(""))));
  }
}
