package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstitutionTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
    fixture.set("NAME", "value").set("EMPTY", "").set("DOLLARS", "${NAME}");
    fixture.predefine("TOOLGATE_DATA", "/data/toolgate");
  }

  @ParameterizedTest
  @CsvSource({
    "a${NAME}b, avalueb",
    "${NAME}${NAME}, valuevalue",
    "${env:NAME}, value",
    "${NAME:-other}, value",
    "${UNSET:-other}, other",
    "${env:UNSET:-other}, other",
    "${EMPTY:-other}, other",
    "${UNSET:-}, ''",
    "${UNSET:-a:-b}, a:-b",
    "$${NAME}, ${NAME}",
    "$${, ${",
    "a$$${NAME}, a$${NAME}",
    "${NAME}$${NAME}, value${NAME}",
    "$NAME $$ } {, $NAME $$ } {",
    "${DOLLARS}, ${NAME}",
    "${TOOLGATE_DATA}/x, /data/toolgate/x",
  })
  void fillsVariablesIn(String raw, String filled) {
    ServerDefinition server = fixture.server("{\"command\": \"c\", \"args\": [\"" + raw + "\"]}");

    assertEquals(List.of(filled), ((Transport.Stdio) server.transport()).args());
    assertEquals(Optional.empty(), server.off());
  }

  @Test
  void fillsVariablesIntoEveryString() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "${NAME}", "env": {"A": "${NAME}"}, "cwd": "${NAME}", "tier": "${NAME}",
             "displayName": "${NAME}", "description": "${NAME}", "timeout": "${UNSET:-30}",
             "disabledTools": ["${NAME}"]}
            """);

    Transport.Stdio stdio = (Transport.Stdio) server.transport();
    assertEquals("value", stdio.command());
    assertEquals("value", stdio.env().get("A"));
    assertEquals(Optional.of(Path.of("value")), stdio.cwd());
    assertEquals("value", server.tier());
    assertEquals("value", server.displayName());
    assertEquals("value", server.description());
    assertEquals(30, server.timeout().orElseThrow().toSeconds());
    assertEquals(Set.of("value"), server.toolFilter().disabled());
  }

  @Test
  void switchesAServerOffWhoseVariablesAreUnsetAndNamesThemAll() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "c", "args": ["${B}"], "env": {"X": "${A}", "Y": "${B} ${EMPTY}"},
             "requires": ["Z", "NAME"]}
            """);

    assertEquals(Optional.of("needs Z, B, A, EMPTY"), server.off());
  }

  @Test
  void switchesAServerOffThatAsksAnEditorForInput() {
    ServerDefinition server =
        fixture.server("{\"command\": \"c\", \"env\": {\"T\": \"${input:github_token}\"}}");

    assertEquals(
        Optional.of("uses ${input:github_token}, which only an editor can ask for; use a variable"),
        server.off());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${1A}", "${}", "${A-b}", "${A:?x}", "${ A }", "${command:x}", "${A.B}"})
  void refusesWhatIsNoVariable(String raw) {
    assertEquals(
        List.of(
            "/args/0: \""
                + raw
                + "\" is not a variable; write ${NAME} or ${NAME:-default}, or $${ for a literal ${"),
        fixture.mistakes("{\"command\": \"c\", \"args\": [\"" + raw + "\"]}"));
  }

  @Test
  void refusesAVariableWithoutEnd() {
    assertEquals(
        List.of("/command: a \"${\" has no \"}\"; write \"$${\" for a literal \"${\""),
        fixture.mistakes("{\"command\": \"${NAME\"}"));
  }

  @Test
  void refusesNesting() {
    assertEquals(
        List.of("/command: the default of ${A} cannot hold another \"${\""),
        fixture.mistakes("{\"command\": \"${A:-${NAME}}\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_URL",
        "WEBUI_SECRET_KEY",
        "MCP_API_KEY",
        "MCP_API_KEYS",
        "FORWARD_USER_INFO_HEADER_JWT_SECRET",
        "ADMIN_EMAILS",
        "DATABASE_URL_FILE",
        "MCP_API_KEY_FILE",
        "API_GATEWAY_MODE",
        "TOOLGATE_ENCRYPTION_KEY",
        "TOOLGATE_DATA_FILE",
        "QUARKUS_DATASOURCE_PASSWORD",
        "database_url",
      })
  void neverHandsOutToolgatesOwnVariables(String name) {
    fixture.set(name, "top-secret");

    List<String> mistakes =
        fixture.mistakes(
            """
            {"command": "c", "args": ["${%1$s:-x}", "${env:%1$s}"], "requires": ["%1$s"]}
            """
                .formatted(name));

    String detail = ": " + name + " belongs to Toolgate itself and may stand in no definition";
    assertEquals(List.of("/requires/0" + detail, "/args/0" + detail, "/args/1" + detail), mistakes);
    assertEquals(Optional.empty(), fixture.variables().find(name));
  }

  @Test
  void givesAChildAVariableOfThatNameFromElsewhere() {
    ServerDefinition server =
        fixture.server("{\"command\": \"c\", \"env\": {\"OPENAI_API_KEY\": \"${NAME}\"}}");

    assertEquals("value", ((Transport.Stdio) server.transport()).env().get("OPENAI_API_KEY"));
  }
}
