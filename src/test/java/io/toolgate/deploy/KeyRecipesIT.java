package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Product;
import io.toolgate.product.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes with a key, line by line as they are written: a shell runs them, with a stand-in for
 * what would start Toolgate that tells what it was given.
 */
@Tag("debian")
class KeyRecipesIT {
  private static final String COMPOSE = "docker-compose.proxy-only.yml";

  @TempDir private Path folder;

  @BeforeEach
  void needsCurlAndOpenssl() {
    Requires.curl();
    Requires.openssl();
  }

  /** The lines of the code block of a document in which this stands. */
  private static List<String> recipe(String document, String marker) throws IOException {
    Matcher block =
        Pattern.compile("```\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of(document)));
    return block
        .results()
        .map(found -> found.group(1))
        .filter(text -> text.contains(marker))
        .findFirst()
        .orElseThrow()
        .lines()
        .toList();
  }

  /** What the program at this place was given: its environment, and its arguments one a line. */
  private Map<String, String> ran(List<String> lines, String program) throws IOException {
    Path file = folder.resolve(program);
    Files.writeString(
        file,
        "#!/bin/sh\nenv >"
            + folder
            + "/environment\nprintf '%s\\n' \"$@\" >"
            + folder
            + "/arguments\n");
    assertTrue(file.toFile().setExecutable(true));
    Map<String, String> outside = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    Ran.command(folder, outside, List.of("sh", "-ec", String.join("\n", lines))).ok();
    Map<String, String> environment = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("environment"))) {
      int equals = line.indexOf('=');
      environment.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return environment;
  }

  /** Runs a line of the recipe, with the address at which the product really is. */
  private String asked(
      Product product, String line, String address, Map<String, String> environment) {
    return Ran.command(
            folder, environment, List.of("sh", "-ec", line.replace(address, product.url())))
        .ok();
  }

  @Test
  void inComposeCallsWithTheKeyAreAnswered() throws IOException {
    List<String> recipe = recipe("deploy/README.md", "export MCP_API_KEY=");
    Map<String, String> shell = ran(recipe.subList(0, 2), "docker");
    assertEquals(
        List.of("compose", "-f", COMPOSE, "up", "-d"),
        Files.readAllLines(folder.resolve("arguments")));
    Map<String, String> environment = new HashMap<>();
    ComposeFile.read(COMPOSE)
        .environment("toolgate")
        .forEach((name, value) -> environment.put(name, filledIn("" + value, shell)));
    environment.remove("DATABASE_URL_FILE");

    Product product = Product.launch(environment);
    try (product) {
      product.proving("Authorization", "Bearer " + shell.get("MCP_API_KEY")).awaitReady("time");
      String answer = asked(product, recipe.get(2), "http://localhost:8000", shell);

      assertTrue(answer.contains("\"timezone\":\"Asia/Tokyo\""), answer);
    }
  }

  private static String filledIn(String value, Map<String, String> shell) {
    return Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}")
        .matcher(value)
        .replaceAll(
            variable -> {
              String set = shell.getOrDefault(variable.group(1), "");
              return Matcher.quoteReplacement(set.isEmpty() ? variable.group(2) : set);
            });
  }

  @Test
  void openWebUiInAContainerReachesAToolgateOnItsHost() throws IOException {
    List<String> recipe = recipe("README.md", "host.docker.internal:8000/tools");
    Map<String, String> shell = ran(recipe.subList(0, 2), "toolgate");
    List<String> arguments = Files.readAllLines(folder.resolve("arguments"));

    try (Product product =
        Product.launch(
            Map.of("ENABLE_SERVERS", shell.get("ENABLE_SERVERS")),
            arguments.toArray(String[]::new))) {
      product.proving("Authorization", "Bearer " + shell.get("KEY")).awaitReady("time");
      String request =
          recipe.get(2).replace("curl -s", "curl -s -H 'Host: host.docker.internal:8000'");
      String tools = asked(product, request, "http://host.docker.internal:8000", shell);

      assertTrue(tools.contains("time_get_current_time"), tools);
      product
          .post(
              "/time/get_current_time",
              "{\"timezone\":\"Asia/Tokyo\"}",
              "Authorization",
              "Bearer " + shell.get("KEY"))
          .ok();
    }
  }

  /** What is met by those who set a key and nothing else. */
  @Test
  void aKeyAloneLeavesNothingOnAndHealthSaysSo() {
    try (Product product = Product.with("--api-key", "k".repeat(32))) {
      product.await("grants are read", () -> product.get("/health").status() == 200);
      for (String[] headers : new String[][] {{}, {"Authorization", "Bearer " + "k".repeat(32)}}) {
        var health = product.get("/health", headers).json();

        assertEquals("degraded", health.path("status").asText());
        assertEquals(0, health.path("tenants").intValue());
        String warning = health.path("warnings").get(0).asText();
        assertTrue(warning.startsWith("No server is on"), warning);
        assertTrue(warning.contains("ENABLE_SERVERS"), warning);
      }
    }
  }
}
