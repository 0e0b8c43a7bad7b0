package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.tenant.Transport.Remote;
import io.toolgate.tenant.Transport.Stdio;
import java.net.URI;
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

class GroupReaderTest {
  private static final String STDIO =
      """
      {"command": "c", "args": ["${TOKEN}"], "requires": ["TOKEN"],
       "env": {"A": "x${TOKEN}", "B": "literal", "C": null, "D": "${OTHER:-none}"}}
      """;
  private static final String REMOTE =
      """
      {"url": "https://all.example.com/${PATH_PART}?key=${TOKEN}", "requires": ["TOKEN"],
       "headers": {"Authorization": "Bearer ${TOKEN}", "X-Region": "eu", "X-User": "${user.id}"}}
      """;

  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder).set("TOKEN", "for-all").set("PATH_PART", "mcp");
  }

  private GroupDefinition forGroup(String server, Map<String, String> values, String endpoint) {
    return fixture
        .server(server)
        .forGroup(
            new GroupCredentials("staff", values, Optional.ofNullable(endpoint).map(URI::create)));
  }

  private GroupDefinition forGroup(String server, Map<String, String> values) {
    return forGroup(server, values, null);
  }

  private Map<String, String> env(Map<String, String> values) {
    return ((Stdio) forGroup(STDIO, values).server().transport()).env();
  }

  private Remote remote(String headers, Map<String, String> values, String endpoint) {
    String server = "{\"url\": \"http://h\", \"headers\": {" + headers + "}}";
    return (Remote) forGroup(server, values, endpoint).server().transport();
  }

  @Test
  void takesTheGroupsValuesForVariablesOfTheSameNames() {
    assertEquals(Map.of("A", "xmine", "B", "literal", "D", "none"), env(Map.of("TOKEN", "mine")));
    assertEquals(Map.of("A", "xfor-all", "B", "literal", "D", "own"), env(Map.of("OTHER", "own")));
  }

  @Test
  void takesTheGroupsValuesForKeysOfTheEnvironment() {
    assertEquals(
        Map.of("A", "a", "B", "b", "C", "c", "D", "none"),
        env(Map.of("A", "a", "B", "b", "C", "c")));
  }

  @Test
  void takesTheGroupsValuesForKeysThatAreNoNamesOfVariables() {
    String server =
        "{\"command\": \"c\", \"env\": {\"my.token\": \"${TOKEN}\", \"my-key\": \"k\"}}";

    GroupDefinition read = forGroup(server, Map.of("my.token", "t", "my-key", "${TOKEN}"));

    assertEquals(List.of(), read.warnings());
    assertEquals(
        Map.of("my.token", "t", "my-key", "${TOKEN}"), ((Stdio) read.server().transport()).env());
  }

  @Test
  void takesTheGroupsValuesInHeaders() {
    Remote remote = remote("\"A\": \"Bearer ${TOKEN}\"", Map.of("TOKEN", "mine"), null);

    assertEquals(Map.of("A", "Bearer mine"), remote.headers());
    assertTrue(remote.operatorsUrl());
  }

  @Test
  void leavesCommandArgumentsAndUrlAlone() {
    ServerDefinition stdio = forGroup(STDIO, Map.of("TOKEN", "mine")).server();
    ServerDefinition remote = forGroup(REMOTE, Map.of("TOKEN", "mine")).server();

    assertEquals(List.of("for-all"), ((Stdio) stdio.transport()).args());
    assertEquals(
        URI.create("https://all.example.com/mcp?key=for-all"), ((Remote) remote.transport()).url());
    assertEquals("Bearer mine", ((Remote) remote.transport()).headers().get("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${user.email}", "${TOKEN}", "$${x", "$", "${", "$${user.id}"})
  void takesAValueForTextWhateverItLooksLike(String value) {
    assertEquals(value, env(Map.of("B", value)).get("B"));
    assertEquals("x" + value, env(Map.of("TOKEN", value)).get("A"));
    assertFalse(remote("\"A\": \"${T}${U:-}\"", Map.of("T", value), null).personal());
  }

  @Test
  void switchesAServerOnThatLacksOnlyWhatTheGroupBrings() {
    String server = "{\"command\": \"c\", \"env\": {\"A\": \"${MISSING}\"}, \"requires\": %s}";

    String needed = server.formatted("[\"MISSING\"]");
    assertEquals(Optional.of("needs MISSING"), fixture.server(needed).off());
    assertTrue(forGroup(needed, Map.of("MISSING", "m")).server().enabled());
    assertTrue(forGroup(needed, Map.of("A", "a")).server().enabled());
    assertEquals(
        Optional.of("needs ELSE"),
        forGroup(server.formatted("[\"ELSE\"]"), Map.of("MISSING", "m")).server().off());
  }

  @Test
  void leavesAServerOffWhoseVariableStandsElsewhereToo() {
    String server =
        "{\"command\": \"c\", \"args\": [\"${M%s}\"], \"env\": {\"A\": \"${M}\"}, \"requires\":"
            + " [\"M\"]}";

    assertEquals(
        Optional.of("needs M"), forGroup(server.formatted(""), Map.of("M", "m")).server().off());
    assertEquals(
        Optional.of("needs M"), forGroup(server.formatted(":-x"), Map.of("A", "a")).server().off());
  }

  @Test
  void leavesAServerOffThatItsFileSwitchesOff() {
    assertEquals(
        Optional.of("disabled in its file"),
        forGroup(
                "{\"command\": \"c\", \"disabled\": true, \"env\": {\"A\": \"a\"}}",
                Map.of("A", "b"))
            .server()
            .off());
  }

  @Test
  void ignoresAndNamesWhatTheDefinitionDoesNotName() {
    GroupDefinition stdio =
        forGroup(STDIO, Map.of("LD_PRELOAD", "s3cret", "X", "s3cret", "A-B", "s3cret", "A", ""));
    GroupDefinition remote = forGroup(REMOTE, Map.of("PATH_PART", "s3cret"));

    assertEquals(
        List.of(
            "\"A\" is empty",
            "\"A-B\" is no variable that the definition of s names in \"env\"",
            "\"LD_PRELOAD\" decides what is run, so no group may set it",
            "\"X\" is no variable that the definition of s names in \"env\""),
        stdio.warnings());
    assertEquals(
        List.of("\"PATH_PART\" is no variable that the definition of s names in \"headers\""),
        remote.warnings());
    assertEquals(fixture.server(REMOTE), remote.server());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LD_PRELOAD", "NODE_OPTIONS", "node_options", "PATH", "HTTPS_PROXY"})
  void neverLetsAGroupDecideWhatIsRun(String name) {
    String server =
        "{\"command\": \"c\", \"env\": {\"%1$s\": \"x\", \"A\": \"${%1$s:-y}\"}}".formatted(name);

    ServerDefinition forGroup = forGroup(server, Map.of(name, "mine")).server();

    assertEquals(fixture.server(server), forGroup);
  }

  @Test
  void goesToTheAddressOfTheGroup() {
    ServerDefinition server =
        forGroup(REMOTE, Map.of("TOKEN", "mine"), "https://own.example.com/x").server();

    Remote remote = (Remote) server.transport();
    assertEquals(URI.create("https://own.example.com/x"), remote.url());
    assertFalse(remote.operatorsUrl());
    assertEquals(Map.of("Authorization", "Bearer mine", "X-Region", "eu"), remote.headers());
    assertTrue(remote.personal());
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer ${TOKEN}",
    "X-Region, ${TOKEN}",
    "X-Region, ${env:TOKEN}",
    "X-Region, ${TOKEN:-x}",
    "X-Region, ${UNSET}",
    "X-Region, ${T}-${TOKEN}",
    "Authorization, Basic abc",
    "X-Api-Key, abc",
    "X-Vault-Token, abc",
    "Cookie, a=b",
    "X-Session-Id, abc",
    "X-Region, bearer abc",
    "X-Api-Key, ${UNSET:-abc}",
    "X-Api-Key, ${T}${UNSET:-abc}",
    "X-Password, 12345",
  })
  void sendsNoCredentialOfOthersToTheAddressOfAGroup(String name, String value) {
    Remote remote =
        remote(
            "\"" + name + "\": \"" + value + "\", \"A\": \"${T}\"",
            Map.of("T", "mine"),
            "https://own.example.com/");

    assertEquals(Map.of("A", "mine"), remote.headers());
  }

  @Test
  void needsNothingAtTheAddressOfAGroupThatIsNotSentThere() {
    String server =
        """
        {"url": "https://${HOST}/mcp", "requires": ["HOST", "KEY"], "headers": {"A": "${KEY}"}}
        """;

    assertEquals(Optional.of("needs HOST, KEY"), fixture.server(server).off());
    assertTrue(forGroup(server, Map.of(), "https://own.example.com/").server().enabled());
  }

  @Test
  void hasNoAddressForAChildProcess() {
    GroupDefinition group = forGroup(STDIO, Map.of(), "https://own.example.com/");

    assertEquals(List.of("s is a child process and has no address"), group.warnings());
    assertEquals(fixture.server(STDIO), group.server());
  }

  @Test
  void switchesTheServerOffForAGroupWhoseValueCannotBeUsed() {
    ServerDefinition server = forGroup(REMOTE, Map.of("TOKEN", "s3cret\nline")).server();

    assertEquals(
        Optional.of(
            "what the group \"staff\" brings for it cannot be used: Authorization the value of a"
                + " header is one line of Latin-1 characters"),
        server.off());
    assertEquals(Set.of("for-all", "Bearer for-all"), server.secrets());
  }

  @Test
  void keepsTheValuesOfTheGroupSecret() {
    GroupCredentials credentials =
        new GroupCredentials("staff", Map.of("B", "s3cret"), Optional.empty());

    ServerDefinition server = fixture.server(STDIO).forGroup(credentials).server();

    assertTrue(server.secrets().contains("s3cret"));
    assertFalse(server.toString().contains("s3cret"));
    assertEquals("staff [B]", credentials.toString());
  }

  @Test
  void isTheSameForTheSameCredentials() {
    ServerDefinition server = forGroup(STDIO, Map.of("TOKEN", "mine")).server();

    assertEquals(server, forGroup(STDIO, Map.of("TOKEN", "mine")).server());
    assertNotEquals(server, forGroup(STDIO, Map.of("TOKEN", "theirs")).server());
    assertNotEquals(server, fixture.server(STDIO));
    assertFalse(server.sameUpstream(fixture.server(STDIO)));
  }

  @Test
  void isReadFromTheFileEachTime() {
    GroupCredentials theirs =
        new GroupCredentials("b", Map.of("TOKEN", "theirs"), Optional.empty());

    ServerDefinition twice =
        forGroup(STDIO, Map.of("B", "mine")).server().forGroup(theirs).server();

    assertEquals(fixture.server(STDIO).forGroup(theirs).server(), twice);
  }
}
