package io.toolgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    assertEquals(
        new Arguments(Task.SERVE, Optional.empty(), Optional.empty(), Map.of()), Arguments.parse());
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
      assertEquals(
          new Arguments(task, Optional.empty(), Optional.empty(), Map.of("toolgate.data", "/a")),
          arguments);
    }
  }

  @Test
  void statementsComeFromAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("groups.sql"));
    Arguments arguments = Arguments.parse("sql", file.toString(), "--data", "/b");

    assertEquals(Optional.of(file), arguments.script());
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
  @ValueSource(strings = {"-x", "--help=x", "-", "--reload-everything", "-px", "-P8080"})
  void anUnknownOptionIsAMistake(String word) {
    assertTrue(mistake(word).startsWith("unknown option " + word), mistake(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-program-anywhere", "", "=", "a=b"})
  void aWordThatIsNothingIsAMistake(String word) {
    assertTrue(mistake(word).startsWith("unknown word " + word + ", which is no file"));
  }

  @Test
  void aPathThatIsNothingIsAMistake() {
    for (String word : List.of("/no/such/thing", "./x")) {
      assertTrue(mistake(word).startsWith(word + " is no folder, no file"), mistake(word));
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

  @ParameterizedTest
  @ValueSource(
      strings = {"my.jsonc", "libre.yaml", "config.toml", "UP.JSON", "mcp_settings", "sql", ".mcp"})
  void anyFileThatExistsIsServed(String name) throws IOException {
    String file = Files.createFile(folder.resolve(name)).toString();

    assertEquals(Map.of("toolgate.tenant.config", file), settings(file));
    assertEquals(Map.of("toolgate.tenant.config", file), settings("check", file));
  }

  @Test
  void onlyOneFileOrFolderIsServed() throws IOException {
    String other = Files.createDirectory(folder.resolve("other")).toString();

    for (List<String> words :
        List.of(
            List.of("a.json", "b.json"),
            List.of("check", "a.json", "b.json"),
            List.of("a.json", other),
            List.of(other, "a.json"),
            List.of("--config", "a.json", "b.json"),
            List.of("a.json", "--tenants", other),
            List.of(other, folder.toString()))) {
      String mistake = mistake(words.toArray(String[]::new));
      assertTrue(mistake.endsWith("give one file or one folder"), mistake);
    }
  }

  @Test
  void statementsMayStandOnTheCommandLine() {
    for (List<String> words :
        List.of(
            List.of("sql", "-c", "SELECT 1"),
            List.of("sql", "--command", "SELECT 1"),
            List.of("sql", "--command=SELECT 1"),
            List.of("sql", "-cSELECT 1"),
            List.of("sql", "SELECT 1"))) {
      Arguments arguments = Arguments.parse(words.toArray(String[]::new));

      assertEquals(Task.SQL, arguments.task());
      assertEquals(Optional.of("SELECT 1"), arguments.statements(), words.toString());
      assertEquals(Map.of(), arguments.settings());
    }
    assertEquals(
        Optional.of("DELETE FROM x WHERE a=1"),
        Arguments.parse("sql", "DELETE FROM x WHERE a=1").statements());
    assertTrue(mistake("sql", "-c").startsWith("-c needs a value"));
    assertTrue(mistake("sql", "-c", "SELECT 1", "SELECT 2").contains("once"));
  }

  @ParameterizedTest
  @CsvSource({"sql, nope.sql", "sql, /no/such/file", "sql, nope"})
  void aFileOfStatementsExists(String task, String word) {
    String mistake = mistake(task, word);

    assertEquals(word + " does not exist", mistake);
  }

  @Test
  void aFolderHoldsNoStatements() {
    assertEquals(folder + " is a folder", mistake("sql", folder.toString()));
  }

  @Test
  void rowsAreWrittenToStandardOutput() {
    assertTrue(mistake("dump", "x.sql").contains("./toolgate dump > x.sql"));
    assertTrue(mistake("sql", "sql").startsWith("sql does not exist"), mistake("sql", "sql"));
    assertFalse(mistake("dump", "dump").contains("did you mean"), mistake("dump", "dump"));
    assertFalse(mistake("check", "check").contains("did you mean"), mistake("check", "check"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "env", "cat", "ls", "init", "install", "start", "serve", "run"})
  void aWordThatHappensToBeAProgramIsNotRun(String word) {
    assertTrue(mistake(word, "x").contains("-- " + word + " ..."), mistake(word, "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://host.example/mcp, {\"url\":",
    "http://localhost:3000/sse, {\"url\":",
    "@scope/pkg, -- npx -y @scope/pkg",
    "@scope/pkg@latest, -- npx -y @scope/pkg@latest",
  })
  void whatIsMeantIsSaid(String word, String hint) {
    assertTrue(mistake(word).contains(hint), mistake(word));
  }

  @Test
  void aPortMayStickToItsOption() {
    assertEquals(Map.of("quarkus.http.port", "8001"), settings("-p8001"));
    assertTrue(mistake("-p80010").contains("from 0 to 65535"));
  }
}
