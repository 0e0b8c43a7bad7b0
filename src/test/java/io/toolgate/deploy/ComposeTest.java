package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no parser of compose files checks. */
class ComposeTest {
  private static final String PROXY_ONLY = "docker-compose.proxy-only.yml";
  private static final String LOCAL_TEST = "docker-compose.local-test.yml";
  private static final String HETZNER = "docker-compose.hetzner.yml";
  private static final String TRAEFIK = "docker-compose.hetzner-traefik.yml";

  /** What Docker Compose itself reads. */
  private static final Set<String> OF_COMPOSE = Set.of("COMPOSE_PROFILES");

  private static final Pattern SECRET =
      Pattern.compile(".*(PASSWORD|SECRET|_KEY|TOKEN)|.*ENCRYPTION.*");
  private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^([A-Z][A-Z0-9_]*)=(.*)$");
  private static final Pattern SETTING = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

  /** The variables of {@code .env.hetzner.example}, with their values. */
  static Map<String, String> example() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    Matcher matcher = ASSIGNMENT.matcher(Files.readString(Path.of(".env.hetzner.example")));
    while (matcher.find()) {
      assertEquals(null, variables.put(matcher.group(1), matcher.group(2)), matcher.group(1));
    }
    return variables;
  }

  private static Set<String> namesIn(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = SETTING.matcher(Files.readString(file));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Set<String> credentials() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("tenants"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        names.addAll(namesIn(file));
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {HETZNER, TRAEFIK})
  void everyVariableOfTheServerStandsInTheExample(String file) throws IOException {
    Set<String> missing = ComposeFile.read(file).variableNames();

    missing.removeAll(example().keySet());

    assertEquals(Set.of(), missing);
  }

  @Test
  void everyVariableOfTheExampleIsUsed() throws IOException {
    Set<String> unused = new TreeSet<>(example().keySet());

    unused.removeAll(ComposeFile.read(HETZNER).variableNames());
    unused.removeAll(ComposeFile.read(TRAEFIK).variableNames());
    unused.removeAll(namesIn(Path.of("src/main/resources/application.properties")));
    unused.removeAll(credentials());
    unused.removeAll(OF_COMPOSE);

    assertEquals(Set.of(), unused);
  }

  @Test
  void everyVariableOfTheExampleHasASentence() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(".env.hetzner.example"));
    for (int i = 0; i < lines.size(); i++) {
      if (ASSIGNMENT.matcher(lines.get(i)).matches()) {
        assertTrue(lines.get(i - 1).matches("# .{10,}"), lines.get(i));
      }
    }
  }

  /** Also not one that anybody could look up. */
  @Test
  void noSecretOfTheExampleHasAValue() throws IOException {
    example()
        .forEach(
            (name, value) -> {
              if (SECRET.matcher(name).matches()) {
                assertEquals("", value, name);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {PROXY_ONLY, LOCAL_TEST, HETZNER, TRAEFIK})
  void noSecretHasADefault(String file) {
    for (ComposeFile.Variable variable : ComposeFile.read(file).variables()) {
      if (SECRET.matcher(variable.name()).matches()) {
        String rest = variable.rest();
        assertTrue(rest.isEmpty() || rest.equals(":-") || rest.startsWith(":?"), "" + variable);
      }
    }
  }

  /** A variable without ":-" or ":?" is one that is demanded in another place. */
  @ParameterizedTest
  @ValueSource(strings = {PROXY_ONLY, LOCAL_TEST, HETZNER})
  void whatIsTakenWithoutADefaultIsDemandedSomewhere(String file) {
    List<ComposeFile.Variable> variables = ComposeFile.read(file).variables();
    Set<String> demanded =
        variables.stream()
            .filter(variable -> variable.rest().startsWith(":?"))
            .map(ComposeFile.Variable::name)
            .collect(Collectors.toSet());
    for (ComposeFile.Variable variable : variables) {
      assertTrue(
          variable.rest().startsWith(":") || demanded.contains(variable.name()), "" + variable);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PROXY_ONLY, LOCAL_TEST, HETZNER, TRAEFIK})
  void everyMountedPathExists(String file) {
    ComposeFile compose = ComposeFile.read(file);
    for (String service : compose.services().keySet()) {
      for (String volume : compose.list(service, "volumes")) {
        String source = volume.substring(0, volume.indexOf(':'));
        assertTrue(
            !source.startsWith(".") || Files.exists(Path.of(source)), service + ": " + volume);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PROXY_ONLY, LOCAL_TEST, HETZNER, TRAEFIK})
  void imagesHaveAVersion(String file) {
    ComposeFile.read(file)
        .services()
        .forEach(
            (name, service) -> {
              String image = (String) service.getOrDefault("image", "of:another-file");
              assertTrue(image.matches(".*:[\\w.${-].*") && !image.endsWith(":latest"), image);
            });
  }

  @Test
  @SuppressWarnings("unchecked")
  void commandsThatAskForHealthAreInTheImages() throws IOException {
    Set<String> ofPostgres = Set.of("pg_isready", "[");
    for (String file : List.of(PROXY_ONLY, LOCAL_TEST, HETZNER)) {
      ComposeFile.read(file)
          .services()
          .forEach(
              (name, service) -> {
                if (service.get("healthcheck") instanceof Map<?, ?> check) {
                  String program = ((List<String>) check.get("test")).get(1).split(" ")[0];
                  assertTrue(ofPostgres.contains(program), name + ": " + program);
                  assertEquals("pgvector/pgvector:pg16", service.get("image"));
                }
              });
    }
    String dockerfile = Files.readString(Path.of("Dockerfile"));
    Matcher check = Pattern.compile("(?s)HEALTHCHECK.*?CMD (\\w+)").matcher(dockerfile);
    Matcher packages = Pattern.compile("apt-get install[^\\n]*").matcher(dockerfile);
    assertTrue(check.find() && packages.find());
    assertTrue(packages.group().contains(" " + check.group(1) + " "), packages.group());
  }

  @Test
  void onlyTheProxyIsReachedFromOutside() {
    ComposeFile hetzner = ComposeFile.read(HETZNER);
    for (String service : hetzner.services().keySet()) {
      assertEquals(
          service.equals("caddy"), hetzner.services().get(service).containsKey("ports"), service);
      assertFalse(hetzner.services().get(service).containsKey("expose"), service);
      assertFalse("host".equals(hetzner.services().get(service).get("network_mode")), service);
    }
    assertEquals(List.of("database"), hetzner.list("postgres", "networks"));
    assertTrue(hetzner.text().contains("  database:\n    internal: true\n"));
    ComposeFile traefik = ComposeFile.read(TRAEFIK);
    assertEquals(List.of("caddy"), traefik.list("caddy", "profiles"));
    assertEquals(
        Set.of("traefik"),
        traefik.services().keySet().stream()
            .filter(name -> traefik.services().get(name).containsKey("ports"))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {PROXY_ONLY, LOCAL_TEST})
  void theLaptopPublishesToolgateAloneWhereItIsToldToo(String file) {
    ComposeFile compose = ComposeFile.read(file);

    assertEquals(
        List.of("${BIND:-127.0.0.1}:${PORT:-8000}:8000"), compose.list("toolgate", "ports"));
    assertEquals("${BIND:-127.0.0.1}", compose.environment("toolgate").get("PUBLISHED_ON"));
    assertFalse(compose.services().get("postgres").containsKey("ports"));
    assertFalse(compose.environment("toolgate").containsKey("ALLOW_ANONYMOUS"));
  }

  @Test
  void bothFilesForALaptopDifferInTheirServersOnly() {
    ComposeFile proxyOnly = ComposeFile.read(PROXY_ONLY);
    ComposeFile localTest = ComposeFile.read(LOCAL_TEST);
    Map<String, Map<String, Object>> expected = new HashMap<>(proxyOnly.services());
    Map<String, Map<String, Object>> actual = new HashMap<>(localTest.services());
    Map<String, Object> ofServers = new HashMap<>(proxyOnly.environment("toolgate"));
    ofServers.keySet().removeAll(localTest.environment("toolgate").keySet());
    expected.computeIfPresent("toolgate", (name, service) -> without(service, "environment"));
    actual.computeIfPresent("toolgate", (name, service) -> without(service, "environment"));

    assertEquals(expected, actual);
    ofServers.keySet().forEach(name -> assertTrue(SECRET.matcher(name).matches(), name));
  }

  private static Map<String, Object> without(Map<String, Object> service, String key) {
    Map<String, Object> rest = new HashMap<>(service);
    rest.remove(key);
    return rest;
  }

  /** It is handed all of .env, for the credentials of MCP servers. */
  @Test
  void secretsOfOthersDoNotReachToolgate() throws IOException {
    ComposeFile hetzner = ComposeFile.read(HETZNER);
    Map<String, Object> own = hetzner.environment("toolgate");
    Set<String> servers = credentials();
    for (String name : example().keySet()) {
      if (SECRET.matcher(name).matches() && !servers.contains(name)) {
        assertTrue("".equals(own.get(name)) || ("" + own.get(name)).contains("${" + name), name);
      }
    }
  }

  @Test
  void everythingFitsIntoFourGigabytes() {
    int megabytes = 0;
    ComposeFile hetzner = ComposeFile.read(HETZNER);
    for (Map.Entry<String, Map<String, Object>> service : hetzner.services().entrySet()) {
      String limit = (String) service.getValue().get("mem_limit");
      assertTrue(limit != null && limit.endsWith("m"), service.getKey());
      assertTrue(service.getValue().containsKey("logging"), service.getKey());
      if (!service.getKey().equals("check")) {
        megabytes += Integer.parseInt(limit.replace("m", ""));
      }
    }
    assertTrue(megabytes <= 3_500, megabytes + " MB");
  }

  @Test
  void theConnectionOfOpenWebUiIsJsonForEverybody() throws IOException {
    String written =
        (String) ComposeFile.read(HETZNER).environment("open-webui").get("TOOL_SERVER_CONNECTIONS");

    JsonNode connection =
        new ObjectMapper().readTree(written.replace("${MCP_API_KEY}", "a-key")).path(0);

    assertEquals("http://toolgate:8000", connection.path("url").asText());
    assertEquals("bearer", connection.path("auth_type").asText());
    assertEquals("a-key", connection.path("key").asText());
    JsonNode grant = connection.path("config").path("access_grants").path(0);
    assertEquals(
        "user * read",
        grant.path("principal_type").asText()
            + " "
            + grant.path("principal_id").asText()
            + " "
            + grant.path("permission").asText());
  }

  @Test
  void everythingWaitsForTheCheckOfSecrets() {
    ComposeFile hetzner = ComposeFile.read(HETZNER);
    for (String service : hetzner.services().keySet()) {
      String waits = "" + hetzner.services().get(service).get("depends_on");
      assertTrue(
          waits.contains("check={condition=service_completed_successfully}")
              || waits.contains("postgres={condition=service_healthy}")
              || service.equals("check"),
          service);
    }
  }
}
