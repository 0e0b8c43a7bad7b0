package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that end at once: what they print, and their exit code. */
class CommandLineIT {
  @TempDir Path folder;

  private static String printed(Product product, int exitCode) {
    int actual = product.awaitExit();
    String text = String.join("\n", product.log());
    assertEquals(exitCode, actual, text);
    assertFalse(text.contains("\tat "), text);
    assertFalse(text.contains("Documents and tools"), text);
    return text;
  }

  @Test
  void helpAndVersionAreShown() {
    String help = printed(Product.bare(Map.of(), "--help"), 0);
    String version = printed(Product.bare(Map.of(), "--version"), 0);

    assertTrue(help.contains("--tenants DIR"), help);
    assertTrue(version.matches("toolgate \\d+\\.\\d+\\.\\d+"), version);
  }

  @ParameterizedTest
  @CsvSource({
    "--prot 1, unknown option --prot; did you mean --port?",
    "--port, --port needs a value",
    "--port 65536, 'a number from 0 to 65535, not 65536'",
    "chek, unknown word chek; did you mean check?",
    "/no/such/thing, /no/such/thing is no folder",
    "--, -- needs a command",
    "--config a.json -- npx x, replaces --config"
  })
  void aMistakeInTheCommandLineEndsWithCode2AndASentence(String words, String sentence) {
    String text = printed(Product.bare(Map.of(), words.split(" ")), 2);

    assertTrue(text.contains(sentence), text);
    assertEquals(2, text.lines().count(), text);
  }

  @Test
  void allMistakesOfAllFilesAreInOneMessage() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        "{\"mcpServers\":{\"a b\":{\"command\":\"x\"},\"c\":{\"comand\":\"x\"}}}");
    Files.writeString(folder.resolve("b.json"), "{\"mcpServers\":{");
    Files.writeString(
        folder.resolve("c.json"),
        "{\"mcpServers\":{\"d\":{\"command\":\"x\",\"timeout\":\"soon\"}}}");

    String text = printed(Product.launch(Map.of(), "--tenants", folder.toString()), 1);

    assertTrue(text.contains("a.json#/mcpServers/a b: "), text);
    assertTrue(text.contains("a.json#/mcpServers/c/comand: unknown key; did you mean"), text);
    assertTrue(text.contains("b.json: is not JSON at line 1"), text);
    assertTrue(text.contains("c.json#/mcpServers/d/timeout: \"soon\" is not a time"), text);
  }

  @ParameterizedTest
  @CsvSource({"--config, absent.json", "--tenants, absent"})
  void filesThatAreMissingEndTheStart(String option, String name) {
    String path = folder.resolve(name).toString();

    String text = printed(Product.launch(Map.of(), option, path), 1);

    assertEquals(path + ": does not exist", text);
  }

  @Test
  void aPortInUseEndsTheStartBeforeAnyServerIsStarted() throws IOException {
    Path pid = folder.resolve("pid");
    Definition deaf = Definition.command("sh", "-c", "echo $$ > '" + pid + "'; exec sleep 600");
    Path config = folder.resolve("servers.json");
    Files.writeString(
        config, Answer.JSON.writeValueAsString(Map.of("mcpServers", Map.of("s", deaf))));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Product product = Product.launch(Map.of(), "--port", port, "--config", config.toString());

      assertNotEquals(0, product.awaitExit());
      String text = String.join("\n", product.log());
      assertTrue(text.contains("Port " + port + " on 127.0.0.1 is in use"), text);
      assertFalse(text.contains("\tat "), text);
      assertFalse(Files.exists(pid));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "192.0.2.1", "toolgate.example"})
  void withoutAuthenticationNoOtherAddressIsListenedOn(String host) {
    String text = printed(Product.launch(Map.of("HOST", host)), 1);

    assertTrue(text.startsWith("HOST is " + host + ", but no authentication"), text);
    assertTrue(text.contains("ALLOW_ANONYMOUS=true"), text);
  }

  @Test
  void aPortThatIsPublishedToOthersNeedsAuthentication() {
    Map<String, String> environment = Map.of("HOST", "0.0.0.0", "PUBLISHED_ON", "192.0.2.1");

    String text = printed(Product.launch(environment), 1);

    assertTrue(text.startsWith("The port is published on 192.0.2.1, but no authentication"), text);
  }

  @Test
  void aContainerWhosePortIsPublishedOnLoopbackServesItsHostOnly() throws Exception {
    Map<String, String> environment = Map.of("HOST", "0.0.0.0", "PUBLISHED_ON", "127.0.0.1");
    try (Product product = Product.launch(environment)) {
      product.get("/servers").ok();

      Answer foreign =
          RawRequest.send(
              product.url(),
              "GET /servers HTTP/1.1\nHost: toolgate:8000\nConnection: close",
              new byte[0]);
      foreign.refused(403, "not-granted");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_API_KEY, test-key, a placeholder",
    "MCP_API_KEY, tooshortakey, 12 characters",
    "WEBUI_SECRET_KEY, your-secret-key-goes-here, a placeholder",
    "FORWARD_USER_INFO_HEADER_JWT_SECRET, changeme-changeme, a placeholder",
    "GATEWAY_SHARED_SECRET, generate-a-long-one, a placeholder",
    "TOOLGATE_ENCRYPTION_KEY, bm90IGxvbmcgZW5vdWdo, openssl rand -base64 32",
  })
  void aSecretThatKeepsNobodyOutEndsTheStart(String name, String value, String sentence) {
    Map<String, String> environment =
        Map.of("HOST", "0.0.0.0", name, value, "API_GATEWAY_MODE", "" + name.startsWith("GATEWAY"));

    String text = printed(Product.launch(environment), 1);

    assertTrue(text.contains(name + " ") && text.contains(sentence), text);
    assertFalse(text.contains(value), text);
  }

  @Test
  void aKeyOnTheCommandLineThatKeepsNobodyOutEndsTheStart() {
    String text = printed(Product.launch(Map.of(), "--api-key", "mcp-secret-key"), 1);

    assertTrue(text.contains("a placeholder that everybody knows"), text);
    assertFalse(text.contains("mcp-secret-key"), text);
  }

  @Test
  void allThatIsWrongWithTheProofsIsInOneMessage() {
    Map<String, String> environment =
        Map.of(
            "MCP_API_KEY", "test-key",
            "API_GATEWAY_MODE", "true",
            "JWT_JWKS_URL", "http://login.example/keys");

    String text = printed(Product.launch(environment), 1);

    assertTrue(text.contains("MCP_API_KEY is a placeholder"), text);
    assertTrue(text.contains("API_GATEWAY_MODE=true believes a gateway"), text);
    assertTrue(text.contains("JWT_JWKS_URL must be an https address"), text);
  }

  @Test
  void everybodyAndProvenCallersOnlyCannotBothBeLetIn() {
    Map<String, String> environment =
        Map.of("ALLOW_ANONYMOUS", "true", "MCP_API_KEY", "a-key-of-some-length");

    String text = printed(Product.launch(environment), 1);

    assertTrue(text.contains("ALLOW_ANONYMOUS=true lets everybody in"), text);
  }

  @Test
  void withAuthenticationEveryAddressIsListenedOn() {
    try (Product product =
        Product.launch(Map.of("HOST", "0.0.0.0", "MCP_API_KEY", "a-key-of-some-length"))) {
      int status = product.get("/servers").status();

      assertEquals(401, status);
    }
  }

  @Test
  void aShortKeyOnLoopbackIsWarnedOf() {
    try (Product product = Product.with("--api-key", "abcdefghij")) {
      int status = product.get("/servers").status();

      String log = String.join("\n", product.log());
      assertEquals(401, status);
      assertTrue(log.contains("MCP_API_KEY has 10 characters, which does while"), log);
      assertFalse(log.contains("abcdefghij"), log);
    }
  }

  @Test
  void theStartNamesTheDemoServersThatAreOffAndHowToHaveThem() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("servers.json"),
            """
            {"mcpServers": {"a": {"command": "true", "demo": true}, "b": {"command": "true"},
              "c": {"command": "true", "demo": true}, "d": {"command": "true", "demo": true, "disabled": true}}}
            """);
    Map<String, String> environment = Map.of("ENABLE_SERVERS", "c");
    try (Product product =
        Product.launch(
            environment, "--api-key", "a-key-of-some-length", "--config", config.toString())) {
      product.url();

      String log = String.join("\n", product.log());
      assertTrue(log.contains("the demo servers a. To have them, set ENABLE_SERVERS=c,a"), log);
    }
  }

  @Test
  void checkPrintsEveryMistakeAndWarningAndStartsNothing() throws IOException {
    Path pid = folder.resolve("pid");
    Path good = folder.resolve("good.json");
    Files.writeString(
        good,
        "{\"mcpServers\":{\"a\":{\"command\":\"sh\",\"args\":[\"-c\",\"echo > "
            + pid
            + "\"],\"url\":null,\"headers\":{\"a\":\"b\"}}}}");
    Path bad = folder.resolve("bad.json");
    Files.writeString(
        bad,
        "{\"mcpServers\":{\"b\":{\"comand\":\"x\"},\"c\":{\"command\":\"x\",\"headers\":{},\"timeout\":\"soon\"}}}");

    String right = printed(Product.bare(Map.of(), "check", "--config", good.toString()), 0);
    String wrong = printed(Product.bare(Map.of(), "check", bad.toString()), 1);
    String all = printed(Product.bare(Map.of("TENANTS_DIR", folder.toString()), "check"), 1);
    printed(Product.bare(Map.of(), "check", "--cofig", bad.toString()), 2);

    assertTrue(right.contains("warning: " + good + "#/mcpServers/a/headers: "), right);
    assertTrue(right.contains("No mistakes. Servers: 1, on: 1, warnings: 1"), right);
    assertTrue(wrong.contains("mistake: " + bad + "#/mcpServers/b/comand: "), wrong);
    assertTrue(wrong.contains("mistake: " + bad + "#/mcpServers/c/timeout: "), wrong);
    assertTrue(wrong.contains("warning: " + bad + "#/mcpServers/c/headers: "), wrong);
    assertTrue(all.contains(good + "#") && all.contains(bad + "#"), all);
    assertFalse(Files.exists(pid));
  }

  @ParameterizedTest
  @CsvSource({"TENANTS_DIR", "DATA_DIR", "DATABASE_URL_FILE"})
  void aPathThatTheLocaleCannotExpressIsAMistakeInWords(String name) {
    Map<String, String> environment = Map.of("LC_ALL", "C", name, "/srv/Größe");

    for (String[] words : new String[][] {{"--port", "0"}, {"check"}, {"db-url"}}) {
      String text = printed(Product.bare(environment, words), 1);

      assertTrue(text.contains(name + " is /srv/Gr"), text);
      assertTrue(text.contains("set LC_ALL to a locale with UTF-8"), text);
    }
  }

  @Test
  void aDataFolderThatCannotBeWrittenEndsTheStart() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    String text = printed(Product.bare(Map.of(), "--port", "0", "--data", file + "/data"), 1);

    assertTrue(text.contains("cannot be written. Choose another with --data"), text);
  }

  @Test
  void aSettingThatCannotBeReadIsNamed() {
    String text = printed(Product.launch(Map.of("CALL_TIMEOUT", "soon")), 1);

    assertTrue(
        text.contains("CALL_TIMEOUT takes a time such as 500ms, 60s or 2m, not soon."), text);
  }

  @Test
  void endsOnSigtermWithoutComplaint() {
    Product product =
        Product.serving(Map.of("s", Definition.of(Scripted.stdio().withoutOddTools())));
    product.awaitReady("s");

    product.process().destroy();

    assertEquals(143, product.awaitExit());
    List<String> complaints =
        product.log().stream()
            .filter(line -> line.contains("WARN") || line.contains("ERROR"))
            .toList();
    assertEquals(List.of(), complaints);
  }
}
