package io.toolgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Arguments.Task;
import io.toolgate.tenant.CommandWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @TempDir Path folder;

  private static Map<String, String> settings(String... words) {
    return Arguments.parse(words).settings();
  }

  private static String mistake(String... words) {
    return assertThrows(IllegalArgumentException.class, () -> Arguments.parse(words)).getMessage();
  }

  @Test
  void nothingMeansNothing() {
    assertEquals(new Arguments(Task.SERVE, Optional.empty(), Map.of()), Arguments.parse());
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 8080, quarkus.http.port",
    "--port, 0, quarkus.http.port",
    "--port, 65535, quarkus.http.port",
    "-p, 8080, quarkus.http.port",
    "-c, /a/b.json, toolgate.tenant.config",
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
  @CsvSource({
    "--help, HELP",
    "-h, HELP",
    "help, HELP",
    "--version, VERSION",
    "-v, VERSION",
    "-V, VERSION",
    "version, VERSION",
    "check, CHECK",
    "db-url, DATABASE_URL",
    "sql, SQL",
    "dump, DUMP",
  })
  void aTaskIsAskedForBeforeOrBehindOptions(String word, Task task) {
    for (Arguments arguments :
        List.of(Arguments.parse(word, "--data", "/a"), Arguments.parse("--data", "/a", word))) {
      assertEquals(new Arguments(task, Optional.empty(), Map.of("toolgate.data", "/a")), arguments);
    }
  }

  @Test
  void statementsComeFromAFile() {
    Arguments arguments = Arguments.parse("sql", "/a/groups.sql", "--data", "/b");

    assertEquals(Optional.of(Path.of("/a/groups.sql")), arguments.script());
    assertEquals(Map.of("toolgate.data", "/b"), arguments.settings());
  }

  @Test
  void aFileOrFolderIsWhatItEvidentlyIs() throws IOException {
    String sub = Files.createDirectory(folder.resolve("servers")).toString();

    assertEquals(Map.of("toolgate.tenant.config", "/a/b.json"), settings("/a/b.json"));
    assertEquals(Map.of("toolgate.tenant.config", "/a/b.json"), settings("check", "/a/b.json"));
    assertEquals(Map.of("toolgate.tenant.folder", sub), settings(sub));
    assertEquals(Map.of("toolgate.tenant.folder", sub), settings(sub + "/"));
  }

  @Test
  void aProgramIsACommandWithAllThatFollows() throws IOException {
    Path server = Files.createFile(folder.resolve("server"));
    assertTrue(server.toFile().setExecutable(true));

    for (String program : List.of("sh", server.toString())) {
      assertEquals(
          Map.of(
              "quarkus.http.port",
              "1",
              "toolgate.tenant.command",
              CommandWords.encode(List.of(program, "-y", "--port", "--", "x.json"))),
          settings("-p", "1", program, "-y", "--port", "--", "x.json"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--host", "--config", "--tenants", "--data", "-p", "-c"})
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
  @CsvSource({
    "--prot, --port",
    "--Port, --port",
    "--PORT=80, --port",
    "--hosts, --host",
    "-host, --host",
    "--tenant, --tenants",
    "--api_key=x, --api-key",
    "--confg, --config",
    "--versoin, --version",
    "hlep, help",
    "Help, help",
    "chekc, check",
    "dburl, db-url",
    "dupm, dump",
  })
  void aSlipIsAskedAbout(String word, String meant) {
    assertTrue(mistake(word).endsWith(" " + word + "; did you mean " + meant + "?"), mistake(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "--help=x", "-", "--reload-everything", "-p8080"})
  void anUnknownOptionIsAMistake(String word) {
    assertTrue(mistake(word).startsWith("unknown option " + word), mistake(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-program-anywhere", "", "=", "a=b"})
  void aWordThatIsNothingIsAMistake(String word) {
    assertTrue(mistake(word).startsWith("unknown word " + word + ", which is no file"));
  }

  @Test
  void aPathThatIsNothingIsAMistake() throws IOException {
    Path text = Files.createFile(folder.resolve("text"));

    for (String word : List.of("/no/such/thing", "./x", text.toString())) {
      assertTrue(mistake(word).startsWith(word + " is no folder, no *.json file"), mistake(word));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/Gr\uFFFDe", "\uFFFD.json"})
  void aWordThatWasLostOnItsWayInIsAMistake(String word) {
    assertTrue(mistake("--config", word).contains("set LC_ALL to a locale with UTF-8"));
    assertTrue(mistake("--", "sh", word).contains("set LC_ALL to a locale with UTF-8"));
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
