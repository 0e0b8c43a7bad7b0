package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTextTest {
  @TempDir Path folder;

  private static Optional<String> obstacle(String text, String encoding) {
    return ProcessText.obstacle(text, Charset.forName(encoding));
  }

  @ParameterizedTest
  @CsvSource({
    "plain, US-ASCII",
    "'', US-ASCII",
    "Größe, UTF-8",
    "日本語 😀, UTF-8",
    "Größe, ISO-8859-1",
  })
  void whatTheEncodingHasIsHandedOn(String text, String encoding) {
    assertEquals(Optional.empty(), obstacle(text, encoding));
  }

  @ParameterizedTest
  @CsvSource({
    "Größe, US-ASCII, U+00F6, US-ASCII",
    "5 €, ISO-8859-1, U+20AC, ISO-8859-1",
    "😀, US-ASCII, U+1F600, C.UTF-8",
  })
  void whatItLacksIsNamed(String text, String encoding, String sign, String word) {
    String why = obstacle(text, encoding).orElseThrow();

    assertTrue(why.contains(sign) && why.contains(word), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "a\uDC00b", "\uD83D", "\uDE00\uD83D"})
  void halfACharacterIsNone(String text) {
    assertTrue(obstacle(text, "UTF-8").orElseThrow().contains("half a character"));
  }

  @Test
  void whatCannotBeHandedOnIsAMistakeAtItsPlaceWhereverItStands() {
    TenantFixture fixture = new TenantFixture(folder);
    fixture.file(
        "x.json",
        """
            {"mcpServers": {
              "a": {"command": "x\\udfff"},
              "b": {"command": ["x", "\\ud800"]},
              "c": {"command": "x", "args": ["y", "\\ud83d"]},
              "d": {"command": "x", "env": {"K": "\\udc00"}},
              "e": {"command": "x", "cwd": "/srv/\\ud800"}}}
            """);

    List<String> mistakes = fixture.mistakes();

    for (String place : List.of("a/command", "b/command/1", "c/args/1", "d/env/K", "e/cwd")) {
      assertTrue(
          mistakes.stream().anyMatch(line -> line.contains("/mcpServers/" + place + ": holds ")),
          place + " in " + mistakes);
    }
    assertEquals(5, mistakes.size(), mistakes.toString());
  }
}
