package io.toolgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.tenant.CommandWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static Map<String, String> settings(String... words) {
    return Arguments.parse(words).settings();
  }

  private static String mistake(String... words) {
    return assertThrows(IllegalArgumentException.class, () -> Arguments.parse(words)).getMessage();
  }

  @Test
  void nothingMeansNothing() {
    assertEquals(new Arguments(false, false, false, Map.of()), Arguments.parse());
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 8080, quarkus.http.port",
    "--port, 0, quarkus.http.port",
    "--port, 65535, quarkus.http.port",
    "--host, 0.0.0.0, quarkus.http.host",
    "--host, ::1, quarkus.http.host",
    "--config, /a/b.json, toolgate.tenant.config",
    "--tenants, /a, toolgate.tenant.folder",
    "--data, /a/data, toolgate.data",
  })
  void anOptionIsASettingInBothForms(String option, String value, String setting) {
    assertEquals(Map.of(setting, value), settings(option, value));
    assertEquals(Map.of(setting, value), settings(option + "=" + value));
  }

  @Test
  void aKeyIsEnoughToCallUnlessTheEnvironmentSaysOtherwise() {
    assertEquals(
        Map.of(
            "toolgate.identity.api-key",
            "a-key-of-some-length",
            "toolgate.identity.require-user",
            "${REQUIRE_USER:false}"),
        settings("--api-key", "a-key-of-some-length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-key-${HOME}-of-some-length", "a-key-$$-of-some-length"})
  void aKeyThatWouldNotBeTakenAsItStandsIsRefused(String key) {
    assertTrue(mistake("--api-key", key).contains("$$ or ${"));
  }

  @Test
  void pathsAreThoseOfTheCallersFolder() {
    String here = Path.of("").toAbsolutePath().toString();

    assertEquals(Map.of("toolgate.data", here + "/b"), settings("--data", "./a/../b"));
  }

  @Test
  void theLastOfARepeatedOptionCounts() {
    assertEquals(Map.of("quarkus.http.port", "2"), settings("--port", "1", "--port=2"));
  }

  @Test
  void everythingAfterTwoDashesIsACommand() {
    assertEquals(
        Map.of(
            "quarkus.http.port",
            "1",
            "toolgate.tenant.command",
            CommandWords.encode(List.of("npx", "--port", "--", "--help", "${HOME}", ""))),
        settings("--port", "1", "--", "npx", "--port", "--", "--help", "${HOME}", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void helpIsAskedFor(String word) {
    assertTrue(Arguments.parse("--port", "1", word).help());
  }

  @Test
  void theVersionIsAskedFor() {
    assertTrue(Arguments.parse("--version").version());
  }

  @Test
  void theAddressOfTheDatabaseIsAskedFor() {
    Arguments arguments = Arguments.parse("db-url", "--data", "/a");

    assertTrue(arguments.databaseUrl());
    assertEquals(Map.of("toolgate.data", "/a"), arguments.settings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--host", "--config", "--tenants", "--data"})
  void anOptionNeedsItsValue(String option) {
    assertEquals(option + " needs a value", mistake(option));
    assertEquals(option + " needs a value", mistake(option + "="));
    assertEquals(option + " needs a value", mistake(option, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", "99999", "100000", "80 ", "٣"})
  void aPortIsANumberInItsRange(String port) {
    assertEquals("--port takes a number from 0 to 65535, not " + port, mistake("--port", port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prot", "-p", "npx", "--help=x", "-", ""})
  void anUnknownWordIsAMistake(String word) {
    assertEquals("unknown option " + word, mistake(word));
  }

  @Test
  void twoDashesNeedACommand() {
    assertTrue(mistake("--").startsWith("-- needs a command"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config", "--tenants"})
  void aCommandReplacesFiles(String option) {
    assertTrue(mistake(option, "x", "--", "npx").contains("give one of them"));
  }
}
