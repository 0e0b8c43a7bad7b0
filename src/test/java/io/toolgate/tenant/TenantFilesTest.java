package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantFilesTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  @Test
  void readsTheFilesOfAFolderByName() {
    fixture
        .file("b.json", "{\"mcpServers\": {\"three\": {\"command\": \"c\"}}}")
        .file(
            "a.json",
            "{\"mcpServers\": {\"two\": {\"command\": \"c\"}, \"one\": {\"command\": \"c\"}}}");

    Definitions definitions = fixture.read();

    assertEquals(List.of("two", "one", "three"), List.copyOf(definitions.byName().keySet()));
  }

  @Test
  void readsOneFileWhateverItsName() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.conf"), "{\"servers\":{\"s\":{\"url\":\"http://h\"}}}");

    Definitions definitions = fixture.read(file);

    assertEquals(Set.of("s"), definitions.byName().keySet());
  }

  @Test
  void ignoresHiddenFilesFoldersAndOtherNames() throws IOException {
    Files.createDirectories(folder.resolve("sub.json"));
    fixture.file(".hidden.json", "{").file("notes.txt", "{").file("a.json", "{\"servers\":{}}");

    Definitions definitions = fixture.read();

    assertEquals(Set.of(), definitions.byName().keySet());
  }

  @Test
  void warnsOfAnEmptyFolder() {
    assertEquals(List.of(folder + ": this folder holds no *.json file"), fixture.read().warnings());
  }

  @Test
  void reportsAFileThatDoesNotExist() {
    Path missing = folder.resolve("missing.json");

    TenantMistakes mistakes = assertThrows(TenantMistakes.class, () -> fixture.read(missing));

    assertEquals(missing + ": does not exist", mistakes.getMessage());
  }

  @Test
  void reportsALinkThatLeadsNowhere() throws IOException {
    Files.createSymbolicLink(folder.resolve("x.json"), folder.resolve("gone"));

    assertEquals(List.of("x.json: does not exist"), fixture.mistakes());
  }

  @Test
  void readsServersUnderBothNamesInOneFile() {
    fixture.file(
        "a.json",
        "{\"mcpServers\":{\"a\":{\"command\":\"c\"}},\"servers\":{\"b\":{\"command\":\"c\"}}}");

    assertEquals(Set.of("a", "b"), fixture.read().byName().keySet());
  }

  @Test
  void toleratesCommentsTrailingCommasAndAByteOrderMark() {
    fixture.file(
        "a.json",
        "\uFEFF// editors write these\n{\"servers\": {/* and these */ \"s\": {\"command\": \"c\",},},}");

    assertEquals(Set.of("s"), fixture.read().byName().keySet());
  }

  @Test
  void reportsAllMistakesOfAllFilesAtOnce() {
    fixture
        .file(
            "a.json",
            "{\"mcpServers\": {\"git\": {\"command\": \"c\", \"timeout\": \"5 parsecs\"}}}")
        .file("b.json", "{\"mcpServers\": {\n  \"s\": {\"command\": oops}}}")
        .file("c.json", "{\"mcpServers\": {\"s\": {\"args\": 5}}}");

    assertEquals(
        List.of(
            "a.json#/mcpServers/git/timeout: \"5 parsecs\" is not a time; write seconds such as 30,"
                + " or a string such as \"500ms\", \"30s\" or \"5m\"",
            "b.json: is not JSON at line 2, column 20: text must stand in double quotation marks",
            "c.json#/mcpServers/s/args: must be an array of strings, not a number",
            "c.json#/mcpServers/s: has neither \"command\" nor \"url\""),
        fixture.mistakes());
  }

  @Test
  void handsOutTheMistakesOneByOneAndWithoutAStackTrace() {
    fixture.file("a.json", "{\"mcpServers\": {\"a/b\": 1}}");

    TenantMistakes mistakes = assertThrows(TenantMistakes.class, fixture::read);

    assertEquals(folder + "/a.json", mistakes.mistakes().get(0).file());
    assertEquals("/mcpServers/a~1b", mistakes.mistakes().get(0).pointer());
    assertEquals("must be an object, not a number", mistakes.mistakes().get(1).detail());
    assertArrayEquals(new StackTraceElement[0], mistakes.getStackTrace());
  }

  @Test
  void reportsEveryKeyThatStandsTwice() {
    fixture.file(
        "a.json",
        "{\"servers\": {\"s\": {\"command\": \"c\",\n\"command\": \"d\"},\n\"s\": {\"url\": \"x\"}}}");

    assertEquals(
        List.of(
            "a.json#/servers/s/command: this key stands twice, the second time in line 2",
            "a.json#/servers/s: this key stands twice, the second time in line 3",
            "a.json#/servers/s/url: must be an absolute URL such as \"https://mcp.example.com/mcp\""),
        fixture.mistakes());
  }

  @Test
  void explainsSyntaxWithoutQuotingTheFile() {
    fixture
        .file("a.json", "")
        .file("b.json", "[]")
        .file("c.json", "{\"servers\": {}")
        .file("d.json", "{\"servers\": {} \"x\": 1}")
        .file("e.json", "{\"servers\": \"a\nb\"}")
        .file("f.json", "{\"servers\": {}} {}")
        .file("g.json", "{\"servers\": " + "[".repeat(2000) + "]".repeat(2000) + "}")
        .file("h.json", "{\"servers\": 1e99999999999}");

    assertEquals(
        List.of(
            "a.json: is empty; write {\"mcpServers\": {...}}",
            "b.json: must hold an object with \"mcpServers\", not an empty array",
            "c.json: is not JSON at line 1, column 15: the file ends too early; a closing bracket or"
                + " quotation mark is missing",
            "d.json: is not JSON at line 1, column 16: unexpected '\"'; is a comma, quotation mark or"
                + " bracket missing?",
            "e.json: is not JSON at line 1, column 15: a string must end in its line; write \\n for a"
                + " line break",
            "f.json: is not JSON at line 1, column 17: a comma, quotation mark or bracket is"
                + " missing, or there is one too many",
            "g.json: is not JSON: nested too deeply, or a number or string is" + " too long",
            "h.json: holds a number with too large an exponent"),
        fixture.mistakes());
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Files.write(folder.resolve("a.json"), "{\"é\": 1}".getBytes(StandardCharsets.ISO_8859_1));

    assertEquals(List.of("a.json: is not UTF-8 text; save it as UTF-8"), fixture.mistakes());
  }

  @Test
  void refusesHugeFiles() {
    fixture.file("a.json", "{\"servers\": {}}" + " ".repeat(4 * 1024 * 1024));

    assertEquals(List.of("a.json: is larger than 4 MiB"), fixture.mistakes());
  }

  @Test
  void namesBothPlacesOfAServerThatIsDefinedTwice() {
    fixture
        .file("a.json", "{\"mcpServers\": {\"git\": {\"command\": \"c\"}}}")
        .file("b.json", "{\"servers\": {\"git\": {\"command\": \"c\"}}}")
        .file("c.json", "{\"servers\": {\"Git\": {\"command\": \"c\"}}}");

    assertEquals(
        List.of(
            "b.json#/servers/git: \"git\" is defined in a.json#/mcpServers/git already",
            "c.json#/servers/Git: \"Git\" differs only by case from a.json#/mcpServers/git"),
        fixture.mistakes());
  }

  @Test
  void saysWhatAFileWithoutServersLacks() {
    fixture
        .file("a.json", "{\"git\": {\"command\": \"c\"}}")
        .file("b.json", "{\"mcpservers\": {}}");

    assertEquals(
        List.of(
            "a.json: has no \"mcpServers\"; write {\"mcpServers\": {\"name\": {...}}}",
            "b.json#/mcpservers: unknown key; did you mean \"mcpServers\"?",
            "b.json: has no \"mcpServers\"; write {\"mcpServers\": {\"name\": {...}}}"),
        fixture.mistakes());
  }

  @Test
  void warnsOfInputsForeignKeysAndEmptyLists() {
    fixture.file(
        "a.json", "{\"$schema\": \"x\", \"inputs\": [], \"globalShortcut\": 1, \"servers\": {}}");

    List<String> warnings = fixture.read().warnings();

    String file = folder + "/a.json#";
    assertEquals(
        List.of(
            file + "/globalShortcut: unknown key, ignored",
            file + "/inputs: only an editor can ask for inputs; servers that use them are off",
            file + "/servers: defines no server"),
        warnings);
  }

  @Test
  void keepsAMistakeOnOneLineWhateverItsKeyHolds() {
    fixture.file("a.json", "{\"servers\": {\"a\\nb.json: fine\": {\"command\": \"c\"}}}");

    assertEquals(1, fixture.mistakes().size());
  }

  @Test
  void takesABareCommandForOneServer() {
    Definitions definitions =
        TenantFiles.ofCommand(
            List.of("npx", "-y", "@modelcontextprotocol/server-memory", "--key=${KEY}"),
            fixture.set("KEY", "sesame").variables());

    ServerDefinition memory = definitions.find("memory").orElseThrow();
    Transport.Stdio stdio = (Transport.Stdio) memory.transport();
    assertEquals("npx", stdio.command());
    assertEquals(
        List.of("-y", "@modelcontextprotocol/server-memory", "--key=sesame"), stdio.args());
    assertEquals(Set.of("sesame"), memory.secrets());
    assertTrue(memory.enabled());
  }

  @Test
  void reportsMistakesOfABareCommand() {
    TenantMistakes mistakes =
        assertThrows(
            TenantMistakes.class,
            () -> TenantFiles.ofCommand(List.of("x", "${DATABASE_URL}"), fixture.variables()));

    assertEquals(
        "command line#/command/1: DATABASE_URL belongs to Toolgate itself and may stand in no"
            + " definition",
        mistakes.getMessage());
    assertThrows(TenantMistakes.class, () -> TenantFiles.ofCommand(List.of(), fixture.variables()));
  }
}
