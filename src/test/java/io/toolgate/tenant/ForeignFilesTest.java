package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were written for other programs. */
class ForeignFilesTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  private Path foreign() {
    return folder.resolve("foreign");
  }

  private Definitions read(String text) {
    return fixture.file("foreign", text).read(foreign());
  }

  private List<String> mistakes(String text) {
    TenantMistakes mistakes = assertThrows(TenantMistakes.class, () -> read(text));
    return mistakes.getMessage().replace(foreign().toString(), "").lines().toList();
  }

  private List<String> warnings(String text) {
    return read(text).warnings().stream()
        .map(line -> line.replace(foreign().toString(), ""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"enabled\": false | false",
        "\"enabled\": true | true",
        "\"enabled\": \"False\" | false",
        "\"isActive\": false | false",
        "\"isActive\": true | true",
        "\"isActive\": null | true",
        "\"enabled\": true, \"disabled\": false | true",
        "\"isActive\": false, \"disabled\": true | false",
      })
  void readsTheOppositeOfDisabled(String keys, boolean on) {
    ServerDefinition server = fixture.server("{\"command\": \"c\", " + keys + "}");

    assertEquals(on, server.enabled());
    assertEquals(on ? Optional.empty() : Optional.of("disabled in its file"), server.off());
  }

  @Test
  void switchesOnWhatTheOperatorNamesWhateverItsFileSays() {
    fixture.with(new Enablement(false, Set.of("s"), Set.of()));

    assertTrue(fixture.server("{\"command\": \"c\", \"isActive\": false}").enabled());
  }

  @Test
  void doesNotTakeAnUnsetVariableForNo() {
    assertEquals(
        Optional.of("needs ON"),
        fixture.server("{\"command\": \"c\", \"enabled\": \"${ON}\"}").off());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"enabled\": true, \"disabled\": true | /enabled: contradicts \"disabled\"",
        "\"isActive\": false, \"disabled\": false | /isActive: contradicts \"disabled\"",
        "\"enabled\": 1 | /enabled: must be true or false, not a number",
        "\"includeTools\": [], \"enabledTools\": [] | /includeTools: means the same as \"enabledTools\" here",
        "\"allowedTools\": [] | /allowedTools: unknown key; did you mean \"enabledTools\"?",
        "\"environment\": {} | /environment: unknown key; did you mean \"env\"?",
      })
  void refusesWhatCannotBeMeant(String keys, String mistake) {
    assertEquals(List.of(mistake), fixture.mistakes("{\"command\": \"c\", " + keys + "}"));
  }

  @Test
  void readsGeminisListsOfTools() {
    ServerDefinition server =
        fixture.server(
            "{\"command\": \"c\", \"includeTools\": [\"a\", \"b\"], \"excludeTools\": [\"b\"]}");

    assertEquals(new ToolFilter(Optional.of(Set.of("a", "b")), Set.of("b")), server.toolFilter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "Local", "stdio", " LOCAL "})
  void readsALocalServerAsOneOverStdio(String type) {
    ServerDefinition server =
        fixture.server("{\"type\": \"" + type + "\", \"command\": [\"npx\", \"-y\", \"x\"]}");

    assertEquals(List.of("-y", "x"), ((Transport.Stdio) server.transport()).args());
  }

  @Test
  void readsARemoteServerAsOneThatIsTriedBothWays() {
    ServerDefinition server = fixture.server("{\"type\": \"remote\", \"url\": \"http://h\"}");

    assertEquals(Transport.Protocol.AUTO, ((Transport.Remote) server.transport()).protocol());
  }

  @Test
  void readsHeadersOfARequest() {
    ServerDefinition server =
        fixture
            .set("T", "sesame-1")
            .server(
                "{\"url\": \"http://h\", \"requestInit\": {\"headers\": {\"Authorization\": \"Bearer ${T}\"}}}");

    Transport.Remote remote = (Transport.Remote) server.transport();
    assertEquals(Map.of("Authorization", "Bearer sesame-1"), remote.headers());
    assertTrue(server.secrets().contains("sesame-1"));
    var group = new GroupCredentials("g", Map.of("T", "own-token"), Optional.empty());
    Transport.Remote own = (Transport.Remote) server.forGroup(group).server().transport();
    assertEquals(Map.of("Authorization", "Bearer own-token"), own.headers());
  }

  @Test
  void sendsNoHeadersOfARequestToAGroupsAddress() {
    ServerDefinition server =
        fixture
            .set("T", "sesame-1")
            .server(
                "{\"url\": \"http://h\", \"requestInit\": {\"headers\": {\"Authorization\": \"Bearer ${T}\"}}}");
    var group =
        new GroupCredentials("g", Map.of(), Optional.of(java.net.URI.create("http://own_one/mcp")));

    Transport.Remote own = (Transport.Remote) server.forGroup(group).server().transport();

    assertEquals(Map.of(), own.headers());
    assertEquals("own_one", HttpUrl.host(own.url()).orElseThrow());
  }

  @Test
  void namesThePlaceOfAMistakeInThem() {
    assertEquals(
        List.of("/requestInit/headers/a b: is no name of an HTTP header"),
        fixture.mistakes(
            "{\"url\": \"http://h\", \"requestInit\": {\"headers\": {\"a b\": \"x\"}}}"));
    assertEquals(
        List.of("/requestInit: must be an object, not a string"),
        fixture.mistakes("{\"url\": \"http://h\", \"requestInit\": \"x\"}"));
    assertEquals(
        List.of("/requestInit/credentials: unknown key, ignored"),
        fixture.warnings(
            "{\"url\": \"http://h\", \"requestInit\": {\"credentials\": \"include\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mcp\": {\"servers\": {\"s\": {\"command\": \"c\"}}}, \"editor.fontSize\": 12, \"server\": 1}",
        "{\"mcp.servers\": {\"s\": {\"command\": \"c\"}}, \"chat.agent.enabled\": true}",
        "{\"theme\": \"x\", \"mcp\": {\"servers\": {}, \"x\": 1}, \"mcpServers\": {\"s\": {\"command\": \"c\"}}}",
      })
  void readsServersInSettingsOfAnEditorAndLeavesTheRestAlone(String settings) {
    Definitions definitions = read(settings);

    assertEquals(Set.of("s"), definitions.byName().keySet());
    assertFalse(definitions.warnings().toString().contains("unknown"), definitions::toString);
  }

  @Test
  void namesThePlaceInSettings() {
    assertEquals(
        List.of("#/mcp/servers/s: has neither \"command\" nor \"url\""),
        mistakes("{\"mcp\": {\"servers\": {\"s\": {}}, \"inputs\": []}}"));
    assertEquals(
        List.of(
            "#/mcp/inputs: only an editor can ask for inputs; servers that use them are off",
            "#/mcp/servers: defines no server"),
        warnings("{\"mcp\": {\"servers\": {}, \"inputs\": []}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"context_servers\": {\"s\": {\"source\": \"custom\", \"command\": \"c\"}}, \"theme\": 1} | #/context_servers: is Zed's form; write \"mcpServers\"",
        "{\"context_servers\": {\"s\": {\"command\": {\"path\": \"c\"}}}} | #/context_servers: is Zed's form; write \"mcpServers\"",
        "{\"$schema\": \"https://opencode.ai/config.json\", \"mcp\": {\"s\": {\"type\": \"local\", \"command\": [\"c\"]}}} | #/mcp: is opencode's form; write \"mcpServers\" instead, and in each server \"env\" instead of \"environment\"",
        "{\"mcp_servers\": {\"s\": {\"command\": \"c\"}}} | #/mcp_servers: is Codex's form; write \"mcpServers\"",
        "{\"mcp_servers\": [{\"type\": \"url\", \"url\": \"http://h\"}]} | #/mcp_servers: is the Claude API's form; write \"mcpServers\"",
        "{\"amp.mcpServers\": {\"s\": {}}} | #/amp.mcpServers: is Amp's form; write \"mcpServers\"",
        "{\"extensions\": {\"s\": {\"cmd\": \"c\", \"type\": \"stdio\"}}} | #/extensions: is Goose's form; write \"mcpServers\"",
        "{\"experimental\": {\"modelContextProtocolServers\": [{\"transport\": {}}]}} | #/experimental: is Continue's form; write \"mcpServers\"",
        "{\"mcpServers\": [{\"name\": \"s\", \"command\": \"c\"}]} | #/mcpServers: must be an object of servers by name, not an array as Continue",
        "mcpServers:¶  s:¶    command: npx | : is YAML, LibreChat's form; write JSON: {\"mcpServers\"",
        "version: 1.2.1 # x¶mcpServers: # y¶  s:¶    url: http://h | : is YAML, LibreChat's form; write JSON",
        "name: x¶mcpServers:¶  - name: s¶    command: npx | : is YAML, Continue's form; write JSON",
        "extensions:¶  s:¶    cmd: npx | : is YAML, Goose's form; write JSON",
        "mcp_servers:¶  s:¶    url: http://h | : is YAML, LiteLLM's form; write JSON",
        "model = \"x\"¶[mcp_servers.s]¶command = \"npx\" | : is TOML, Codex's form; write JSON",
      })
  void namesTheFormOfAnotherProgramAndWhatToWrite(String text, String mistake) {
    List<String> mistakes = mistakes(text.replace("¶", "\n"));

    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(mistakes.get(0).startsWith(mistake), mistakes::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"mcpServers: 1", "mcpServers = 1", "[mcp]x", "- mcpServers:"})
  void doesNotTakeBrokenJsonForAnothersForm(String text) {
    assertTrue(mistakes(text).get(0).startsWith(": is not JSON"), () -> mistakes(text).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "My Server, My-Server, is no server name",
    "docs, docs-server, is reserved for Toolgate's own pages",
    "Docs, Docs-server, is reserved for Toolgate's own pages",
    "MCP, MCP-server, is reserved for Toolgate's own pages",
    "@scope/tools_x, scope-tools_x, is no server name",
    "日本, server, is no server name",
    "a${x}, a-x, is no server name",
  })
  void servesAServerUnderTheNearestNameThatIsValid(String name, String served, String reason) {
    String text = "{\"mcpServers\": {\"" + name + "\": {\"command\": \"c\"}}}";

    ServerDefinition server = read(text).find(served).orElseThrow();

    assertEquals(name, server.displayName());
    assertEquals(1, warnings(text).size());
    String warning = warnings(text).get(0);
    assertTrue(warning.contains("\"" + name + "\" " + reason), warning);
    assertTrue(warning.endsWith("; it is served as \"" + served + "\""), warning);
    fixture.file("ours.json", text);
    assertTrue(fixture.mistakes().get(0).endsWith("; write for example \"" + served + "\""));
  }

  @Test
  void keepsAValidNameAndADisplayNameOfItsOwn() {
    String text =
        "{\"mcpServers\": {\"GitHub\": {\"command\": \"c\"}, \"a b\": {\"command\": \"c\", \"displayName\": \"B\"}}}";

    assertEquals(Set.of("GitHub", "a-b"), read(text).byName().keySet());
    assertEquals("B", read(text).find("a-b").orElseThrow().displayName());
  }

  @ParameterizedTest
  @CsvSource({"a b, a/b, a-b", "a b, a-b, a-b", "A-B, a b, a-b", "docs, docs-server, docs-server"})
  void refusesTwoThatWouldBeServedUnderOneName(String one, String other, String served) {
    List<String> mistakes =
        mistakes(
            "{\"mcpServers\": {\"%s\": {\"command\": \"c\"}, \"%s\": {\"command\": \"c\"}}}"
                .formatted(one, other));

    assertEquals(
        List.of(
            "#/mcpServers/%s: would be served as \"%s\", as #/mcpServers/%s is; rename one of them"
                .formatted(other.replace("/", "~1"), served, one)),
        mistakes);
  }

  @Test
  void switchesItOnAndOffByEitherName() {
    String text = "{\"mcpServers\": {\"My Server\": {\"command\": \"c\"}}}";
    for (String name : List.of("My Server", "my-server")) {
      fixture.with(new Enablement(false, Set.of(), Set.of(name)));
      ServerDefinition server = read(text).find("My-Server").orElseThrow();
      assertEquals(Optional.of("disabled by DISABLE_SERVERS"), server.off());
      assertEquals(1, warnings(text).size());
    }
  }
}
