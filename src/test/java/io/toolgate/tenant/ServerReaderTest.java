package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerReaderTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  @Test
  void readsAChildProcess() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "npx", "args": ["-y", "x", 8, true, 1.50], "cwd": "/srv",
             "env": {"A": "b", "PORT": 80, "ON": false, "NONE": null}}
            """);

    assertEquals(
        new Transport.Stdio(
            "npx",
            List.of("-y", "x", "8", "true", "1.50"),
            Map.of("A", "b", "PORT", "80", "ON", "false"),
            Optional.of(Path.of("/srv"))),
        server.transport());
  }

  @Test
  void appliesDefaults() {
    ServerDefinition server = fixture.server("{\"command\": \"c\"}");

    assertEquals("s", server.displayName());
    assertEquals("", server.description());
    assertEquals("stdio", server.tier());
    assertTrue(server.enabled());
    assertEquals(ToolFilter.ALL, server.toolFilter());
    assertEquals(Optional.empty(), server.timeout());
    assertEquals(Optional.empty(), server.startupTimeout());
    assertFalse(server.instructions());
    assertEquals(Set.of(), server.secrets());
  }

  @Test
  void readsEverythingThatDescribesAServer() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "c", "displayName": " Git ", "description": "Code.", "tier": "local",
             "timeout": 0.5, "startupTimeout": "2m", "instructions": true,
             "enabledTools": ["a", "b"], "disabled_tools": ["b"]}
            """);

    assertEquals("Git", server.displayName());
    assertEquals("Code.", server.description());
    assertEquals("local", server.tier());
    assertEquals(Optional.of(Duration.ofMillis(500)), server.timeout());
    assertEquals(Optional.of(Duration.ofMinutes(2)), server.startupTimeout());
    assertTrue(server.instructions());
    assertEquals(new ToolFilter(Optional.of(Set.of("a", "b")), Set.of("b")), server.toolFilter());
  }

  @Test
  void takesNullForAbsent() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "c", "url": null, "args": null, "env": null, "cwd": null, "type": null,
             "disabled": null, "timeout": null, "enabledTools": null, "oauth": null}
            """);

    assertEquals(
        new Transport.Stdio("c", List.of(), Map.of(), Optional.empty()), server.transport());
    assertEquals(ToolFilter.ALL, server.toolFilter());
  }

  @Test
  void takesAnArrayForACommandWithArguments() {
    ServerDefinition server =
        fixture.server("{\"command\": [\"npx\", \"-y\"], \"args\": [\"x\"], \"type\": \"stdio\"}");

    assertEquals(
        new Transport.Stdio("npx", List.of("-y", "x"), Map.of(), Optional.empty()),
        server.transport());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"true\"", "\"TRUE\"", "\"${ON}\"", "\"${UNSET:-true}\""})
  void takesTrueInAnyForm(String flag) {
    ServerDefinition server =
        fixture.set("ON", "true").server("{\"command\": \"c\", \"instructions\": " + flag + "}");

    assertTrue(server.instructions());
  }

  @ParameterizedTest
  @CsvSource({
    "'[]', 'must be an object, not an empty array'",
    "'null', 'must be an object, not null'",
    "'{\"command\": 5}', '/command: must be a string, not a number'",
    "'{\"command\": \" \"}', '/command: names no program'",
    "'{\"command\": []}', '/command: must be a program, not an empty array'",
    "'{\"command\": [\"\"]}', '/command/0: names no program'",
    "'{\"command\": \"c\", \"args\": \"-y\"}', '/args: must be an array of strings, not a string'",
    "'{\"command\": \"c\", \"args\": [null]}', '/args/0: must be a string, not null'",
    "'{\"command\": \"c\", \"args\": [\"\\u0000\"]}', '/args/0: holds a NUL character'",
    "'{\"command\": \"c\", \"env\": []}', '/env: must be an object, not an empty array'",
    "'{\"command\": \"c\", \"env\": {\"A\": {}}}', '/env/A: must be a string, not an object'",
    "'{\"command\": \"c\", \"cwd\": true}', '/cwd: must be a string, not true'",
    "'{\"command\": \"c\", \"disabled\": \"no\"}', '/disabled: \"no\" is not true or false'",
    "'{\"command\": \"c\", \"demo\": 1}', '/demo: must be true or false, not a number'",
    "'{\"command\": \"c\", \"oauth\": true}', '/oauth: must be an object, not true'",
    "'{\"command\": \"c\", \"client_header_forwarding\": []}',"
        + " '/client_header_forwarding: must be an object, not an empty array'",
    "'{\"command\": \"c\", \"requires\": [\"A-B\"]}',"
        + " '/requires/0: \"A-B\" is no name of an environment variable'",
    "'{\"command\": \"c\", \"disabledTools\": [], \"disabled_tools\": []}',"
        + " '/disabled_tools: means the same as \"disabledTools\" here'",
    "'{\"command\": \"c\", \"timeout\": 0}', '/timeout: 0 is no time above 0 and up to 24 hours'",
    "'{\"command\": \"c\", \"startupTimeout\": \"25h\"}',"
        + " '/startupTimeout: \"25h\" is no time above 0 and up to 24 hours'",
    "'{\"command\": \"c\", \"disabled\": true, \"timeout\": -1}',"
        + " '/timeout: -1 is no time above 0 and up to 24 hours'",
    "'{\"command\": \"c\", \"timeout\": []}',"
        + " '/timeout: must be a number of seconds or a string such as \"30s\", not an empty array'",
    "'{\"command\": \"c\", \"env\": {\"A=B\": \"x\"}}', '/env/A=B: is no name of a variable"
        + " (it is empty, or holds \"=\" or a control character)'",
  })
  void reportsAValueOfTheWrongShapeAtItsPlace(String server, String mistake) {
    List<String> mistakes = fixture.mistakes(server);

    assertEquals(List.of(mistake.startsWith("/") ? mistake : ": " + mistake), mistakes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "A-B",
        "spring.datasource.url",
        "1st",
        "a b",
        "npm_config_@x:registry",
        "Größe"
      })
  void handsOnVariablesWhateverTheirNames(String name) {
    ServerDefinition server =
        fixture.server("{\"command\": \"c\", \"env\": {\"" + name + "\": \"x\"}}");

    assertEquals(Map.of(name, "x"), ((Transport.Stdio) server.transport()).env());
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout", "deadline", "startupTimeout", "idleTimeout"})
  void suspectsMillisecondsInEveryLongTimeWithoutAUnit(String key) {
    String server = "{\"command\": \"c\", \"start\": \"on-demand\", \"" + key + "\": ";
    fixture.set("LONG", "60000").set("TOO_LONG", "600000");
    String hint = "counts seconds; write \"%sms\" if meant so";
    String refused = "/" + key + ": %s is no time above 0 and up to 24 hours; it " + hint;

    assertEquals(
        List.of("/" + key + ": 60000 " + hint.formatted("60000")),
        fixture.warnings(server + "60000}"));
    assertEquals(
        List.of("/" + key + ": \"60000\" " + hint.formatted("60000")),
        fixture.warnings(server + "\"60000\"}"));
    assertEquals(
        List.of("/" + key + ": \"${LONG}\" " + hint.formatted("${LONG}")),
        fixture.warnings(server + "\"${LONG}\"}"));
    assertEquals(
        List.of(refused.formatted("600000", "600000")), fixture.mistakes(server + "600000}"));
    assertEquals(
        List.of(refused.formatted("\"600000\"", "600000")),
        fixture.mistakes(server + "\"600000\"}"));
    assertEquals(
        List.of(refused.formatted("\"${TOO_LONG}\"", "${TOO_LONG}")),
        fixture.mistakes(server + "\"${TOO_LONG}\"}"));
    assertEquals(List.of(), fixture.warnings(server + "\"7200s\"}"));
    assertEquals(List.of(), fixture.warnings(server + "3599}"));
  }

  @Test
  void warnsOfWhatHasNoEffect() {
    List<String> warnings =
        fixture.warnings(
            """
            {"command": "npx -y x", "headers": {"A": "b"}, "oauth": {}, "enabledTools": ["a", "b"],
             "disabledTools": ["b"], "client_header_forwarding": {}, "timeout": 30000,
             "forwardHeaders": ["X-A"], "maxSessions": 3, "maxSessionsPerUser": 3, "idleTimeout": 9}
            """);

    assertEquals(
        List.of(
            "/maxSessions: has no effect without \"session\": \"user\" or \"chat\"",
            "/maxSessionsPerUser: has no effect without \"session\": \"user\" or \"chat\"",
            "/idleTimeout: has no effect without \"start\": \"on-demand\"",
            "/command: holds a space; arguments belong in \"args\"",
            "/headers: has no effect beside \"command\"",
            "/forwardHeaders: has no effect beside \"command\"",
            "/client_header_forwarding: has no effect beside \"command\"",
            "/oauth: has no effect yet",
            "/disabledTools: \"b\" is enabled and disabled; it stays disabled",
            "/timeout: 30000 counts seconds; write \"30000ms\" if meant so"),
        warnings);
  }

  @Test
  void warnsOfAnEmptyListOfEnabledTools() {
    assertEquals(
        List.of("/enabledTools: serves no tool at all"),
        fixture.warnings("{\"command\": \"c\", \"enabledTools\": []}"));
  }

  @Test
  void leavesKeysOfOtherProgramsAlone() {
    List<String> warnings =
        fixture.warnings(
            """
            {"command": "c", "autoApprove": [], "alwaysAllow": [], "icon": "x", "gallery": true,
             "version": "1", "_comment": "x", "//": "x", "somethingElse": 1, "startup": false, "restart": "x"}
            """);

    assertEquals(List.of("/somethingElse: unknown key, ignored"), warnings);
  }

  @ParameterizedTest
  @CsvSource({
    "comand, command",
    "evn, env",
    "arg, args",
    "Timeout, timeout",
    "time_out, timeout",
    "startup-timeout, startupTimeout",
    "disabled-tools, disabledTools",
    "display_name, displayName",
    "clientHeaderForwarding, client_header_forwarding",
  })
  void suggestsTheKeyThatWasMeant(String key, String meant) {
    List<String> mistakes = fixture.mistakes("{\"command\": \"c\", \"" + key + "\": null}");

    assertEquals(List.of("/" + key + ": unknown key; did you mean \"" + meant + "\"?"), mistakes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uid", "time", "mode", "tag", "title", "tools"})
  void doesNotTakeShortForeignKeysForMisspeltOnes(String key) {
    assertEquals(
        List.of("/" + key + ": unknown key, ignored"),
        fixture.warnings("{\"command\": \"c\", \"" + key + "\": null}"));
  }
}
