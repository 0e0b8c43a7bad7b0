package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose files before Debian's docker-compose, and the scripts in them before a shell. */
class ComposeRunTest {
  private static final String PROXY_ONLY = "docker-compose.proxy-only.yml";
  private static final String HETZNER = "docker-compose.hetzner.yml";
  private static final String GOOD = "f00d".repeat(16);
  @TempDir Path folder;

  /** The example as an operator fills it in, in a copy of what is copied to a server. */
  private void server(Map<String, String> values) throws IOException {
    StringBuilder text = new StringBuilder();
    ComposeTest.example()
        .forEach(
            (name, value) ->
                text.append(name)
                    .append('=')
                    .append(values.getOrDefault(name, value.isEmpty() ? GOOD : value))
                    .append('\n'));
    Files.writeString(folder.resolve(".env"), text);
    for (String file :
        List.of(
            PROXY_ONLY,
            HETZNER,
            "docker-compose.local-test.yml",
            "docker-compose.hetzner-traefik.yml")) {
      Files.copy(Path.of(file), folder.resolve(file));
    }
  }

  private Ran config(String... files) {
    Requires.dockerCompose();
    List<String> words = new ArrayList<>(List.of("docker-compose"));
    for (String file : files) {
      words.addAll(List.of("-f", file));
    }
    words.add("config");
    return Ran.command(folder, Map.of(), words);
  }

  @Tag("debian")
  @ParameterizedTest
  @ValueSource(
      strings = {
        PROXY_ONLY,
        "docker-compose.local-test.yml",
        HETZNER,
        HETZNER + " docker-compose.hetzner-traefik.yml"
      })
  void aFilledInExampleIsAccepted(String files) throws IOException {
    server(Map.of());

    String config = config(files.split(" ")).ok();

    assertTrue(config.contains("toolgate"), config);
  }

  @Tag("debian")
  @ParameterizedTest
  @ValueSource(strings = {PROXY_ONLY, "docker-compose.local-test.yml"})
  void aLaptopNeedsNoVariable(String file) throws IOException {
    server(Map.of());
    Files.delete(folder.resolve(".env"));

    String config = config(file).ok();

    assertTrue(config.contains("127.0.0.1:8000:8000"), config);
  }

  @Tag("debian")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DOMAIN",
        "ADMIN_EMAILS",
        "WEBUI_ADMIN_EMAIL",
        "WEBUI_ADMIN_PASSWORD",
        "POSTGRES_PASSWORD",
        "MCP_API_KEY",
        "FORWARD_USER_INFO_HEADER_JWT_SECRET",
        "WEBUI_SECRET_KEY",
        "TOOLGATE_ENCRYPTION_KEY",
        "OPENAI_API_KEY"
      })
  void whatIsMissingOnAServerEndsTheStartWithASentence(String name) throws IOException {
    server(Map.of(name, ""));

    Ran ran = config(HETZNER);

    assertNotEquals(0, ran.code());
    assertTrue(ran.output().strip().matches("(?s).*: [a-z].*\\. Set it in \\.env.*"), ran.output());
  }

  private static Ran check(Map<String, String> changes) {
    ComposeFile hetzner = ComposeFile.read(HETZNER);
    Map<String, String> environment = new HashMap<>();
    hetzner.environment("check").keySet().forEach(name -> environment.put(name, GOOD));
    environment.put("API_GATEWAY_MODE", "false");
    environment.putAll(changes);
    return Ran.command(Path.of(""), environment, List.of("sh", "-c", hetzner.script("check")));
  }

  @Test
  void goodSecretsPassTheCheck() {
    Ran ran = check(Map.of("API_GATEWAY_MODE", "true"));

    assertEquals(new Ran(0, "", ""), ran);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRES_PASSWORD, changeme-changeme, is a placeholder",
    "POSTGRES_PASSWORD, short, has 5 characters",
    "POSTGRES_PASSWORD, p@ss/word-0123456789, may hold letters",
    "MCP_API_KEY, mcp-secret-key-0123456789, is a placeholder",
    "MCP_API_KEY, 'with\"quote0123456789', may hold letters",
    "FORWARD_USER_INFO_HEADER_JWT_SECRET, Your-Secret-Goes-Here, is a placeholder",
    "WEBUI_SECRET_KEY, t0p-s3cr3t, has 10 characters",
    "WEBUI_ADMIN_PASSWORD, Change.Me.Change.Me, is a placeholder",
    "TOOLGATE_ENCRYPTION_KEY, generate-me-with-openssl, is a placeholder",
  })
  void whatKeepsNobodyOutEndsTheStartAndIsNotShown(String name, String value, String why) {
    Ran ran = check(Map.of(name, value));

    assertEquals(1, ran.code());
    assertTrue(ran.output().startsWith(name + " in .env " + why), ran.output());
    assertFalse(ran.output().contains(value), ran.output());
    assertEquals(1, ran.output().lines().count());
  }

  @Test
  void theSecretOfTheGatewayCountsOnlyWithAGateway() {
    Map<String, String> none = Map.of("GATEWAY_SHARED_SECRET", "");

    assertEquals(0, check(none).code());
    assertEquals(1, check(Map.of("GATEWAY_SHARED_SECRET", "", "API_GATEWAY_MODE", "true")).code());
  }

  @Test
  void allThatIsWrongIsTold() {
    Ran ran = check(Map.of("MCP_API_KEY", "x", "WEBUI_SECRET_KEY", "y"));

    assertEquals(2, ran.output().lines().count(), ran.output());
  }

  @Test
  void thePasswordOfALaptopIsMadeUpOnce() throws IOException {
    List<String> words =
        List.of(
            "sh",
            "-ec",
            ComposeFile.read(PROXY_ONLY)
                .script("password")
                .replace("/run/database", folder.toString()));

    Ran.command(folder, Map.of(), words).ok();
    String password = Files.readString(folder.resolve("password"));
    String url = Files.readString(folder.resolve("url"));
    Ran.command(folder, Map.of(), words).ok();

    assertTrue(password.matches("[0-9a-f]{48}"), password);
    assertEquals("postgresql://toolgate:" + password + "@postgres:5432/toolgate", url);
    assertEquals(url, Files.readString(folder.resolve("url")));
  }

  @ParameterizedTest
  @CsvSource({"check", "backup"})
  void scriptsAreUnderstood(String service) {
    String script = ComposeFile.read(HETZNER).script(service);

    assertEquals("", Ran.command(folder, Map.of(), List.of("sh", "-n", "-c", script)).ok());
  }

  /** Ten in the morning, UTC, and its seconds until three at night. */
  private static final String TEN = "1795341600";

  private static final String UNTIL_THREE = "sleep 61201";

  private void program(String name, String text) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    program.toFile().setExecutable(true);
  }

  /** What the service does, with a clock that stands still, until it has slept twice. */
  private List<String> nights(String backup) throws IOException {
    program("date", "echo " + TEN);
    program("sleep", "echo sleep $1 >>log; [ $(grep -c sleep log) -lt 2 ] || kill $PPID");
    program("backup", "echo dump >>log; " + backup);
    Files.writeString(folder.resolve("log"), "");
    String script =
        ComposeFile.read(HETZNER)
            .script("backup")
            .replace("/backup/backup", "./backup")
            .replace("/backups", folder.toString());
    Map<String, String> environment =
        Map.of("PATH", folder + ":" + System.getenv("PATH"), "BACKUP_KEEP_DAYS", "14");
    Ran.command(folder, environment, List.of("sh", "-c", script)).ok();
    return Files.readAllLines(folder.resolve("log"));
  }

  @Test
  void thereIsADumpAtTheFirstStartAndOneEveryNight() throws IOException {
    assertEquals(
        List.of("dump", UNTIL_THREE, "dump", UNTIL_THREE), nights("touch toolgate-1.dump"));
    assertEquals(List.of(UNTIL_THREE, "dump", UNTIL_THREE), nights(":"));
  }

  @Test
  void aDumpThatFailsIsTriedAgain() throws IOException {
    assertEquals(List.of("dump", "sleep 600", "dump", "sleep 600"), nights("exit 1"));
  }
}
