package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileTest {
  private static final String SERVER = "{\"command\": \"c\", \"envFile\": \".env\"}";

  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder).set("SET", "filled in");
  }

  private Map<String, String> env(String server) {
    return ((Transport.Stdio) fixture.server(server).transport()).env();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=b | b",
        "A = b c  | b c",
        "export A=b | b",
        "A= | ``",
        "A=b=c | b=c",
        "A=b # comment | b",
        "A=b#c | b#c",
        "A=# comment | ``",
        "A=\"b # c\" # comment | b # c",
        "A='b \"c\" # d' | b \"c\" # d",
        "A=\"b\\nc\\\\d\\\"\\x\" | b¶c\\d\"\\x",
        "A='b\\nc' | b\\nc",
        "A=\"b¶B=c\" | b¶B=c",
        "A=${SET} | ${SET}",
        "A='${user.id} $${' | ${user.id} $${",
        "A=1¶A=2¶ | 2",
        "# A=1¶¶  A=2 | 2",
        "\uFEFFA=b | b",
      })
  void readsLinesAsEditorsDo(String text, String value) {
    fixture.file(".env", text.replace("¶", "\r\n"));

    assertEquals(Map.of("A", value.replace("¶", "\n")), env(SERVER));
  }

  @Test
  void readsAFileThatPowerShellWrote() throws IOException {
    Files.write(folder.resolve(".env"), "\uFEFFA.b-c=ü\r\n".getBytes(StandardCharsets.UTF_16LE));

    assertEquals(Map.of("A.b-c", "ü"), env(SERVER));
  }

  @Test
  void letsWhatTheDefinitionItselfSaysWin() {
    fixture.file(".env", "A=1\nB=2\nC=3");

    assertEquals(
        Map.of("A", "1", "B", "filled in"),
        env(
            "{\"command\": \"c\", \"envFile\": \".env\", \"env\": {\"B\": \"${SET}\", \"C\": null}}"));
  }

  @Test
  void masksWhatSoundsSecret() {
    fixture.file(".env", "API_KEY=sesame-7\nMODE=production");

    assertEquals(Set.of("sesame-7"), fixture.server(SERVER).secrets());
  }

  @Test
  void isFoundWhereAVariableSays() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "A=b");
    fixture.set("DOT_ENV", other.toString());

    assertEquals(Map.of("A", "b"), env("{\"command\": \"c\", \"envFile\": \"${DOT_ENV}\\n\"}"));
    assertEquals(
        Optional.of("needs NOT_SET"),
        fixture.server("{\"command\": \"c\", \"envFile\": \"${NOT_SET}/.env\"}").off());
  }

  @Test
  void isPartOfWhatAGroupMayReplace() {
    fixture.file(".env", "TOKEN=for-all\nmy.token=x");
    var group =
        new GroupCredentials("g", Map.of("TOKEN", "own", "my.token", "${y}"), Optional.empty());

    GroupDefinition read = fixture.server(SERVER).forGroup(group);

    assertEquals(List.of(), read.warnings());
    assertEquals(
        Map.of("TOKEN", "own", "my.token", "${y}"),
        ((Transport.Stdio) read.server().transport()).env());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=b¶sesame | line 2 of the file is not NAME=value",
        "=b | line 1 of the file is not NAME=value",
        "A=b¶B=\"c¶ | a quotation mark in line 2 of the file has no end",
      })
  void namesTheLineOfAMistakeAndNotWhatStandsThere(String text, String mistake) {
    fixture.file(".env", text.replace("¶", "\n"));

    assertEquals(List.of("/envFile: " + mistake), fixture.mistakes(SERVER));
  }

  @Test
  void reportsAFileThatIsNotThere() {
    assertEquals(List.of("/envFile: does not exist"), fixture.mistakes(SERVER));
    assertEquals(
        List.of("/envFile: must be a string, not an array"),
        fixture.mistakes("{\"command\": \"c\", \"envFile\": [\".env\"]}"));
  }

  @Test
  void isNothingForARemoteServer() {
    assertTrue(
        fixture
            .warnings("{\"url\": \"http://h\", \"envFile\": \".env\"}")
            .contains("/envFile: has no effect beside \"url\""));
  }
}
