package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The definitions in {@code tenants/} as they are shipped, and the table that lists them. */
class ShippedCatalogueTest {
  private static final Path FOLDER = Path.of("tenants");
  private static final Set<String> DEMOS =
      Set.of("time", "filesystem", "memory", "everything", "sequential-thinking");
  private static final Map<String, String> PREDEFINED =
      Map.of(
          Variables.HOME, "/opt/toolgate",
          Variables.DATA, "/var/toolgate",
          Variables.JAVA, "/usr/bin/java",
          Variables.CLASSPATH, "/opt/toolgate/toolgate.jar");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern NPM =
      Pattern.compile("(@[\\w.-]+/)?[\\w.-]+@\\d+\\.\\d+\\.\\d+[\\w.-]*");
  private static final Pattern PYTHON =
      Pattern.compile("[\\w.-]+@\\d+(\\.\\d+)+\\w*|git\\+https://\\S+@[0-9a-f]{40}");
  private static final Pattern IMAGE = Pattern.compile("[\\w./-]+:\\d+\\.\\d+\\.\\d+");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\| [^|]+ \\| (\\w+) \\| ([^|]+?) \\|");

  /** A definition as it is written. */
  private record Written(String name, Path file, JsonNode json) {
    List<String> texts(String key) {
      List<String> texts = new ArrayList<>();
      json.path(key).forEach(text -> texts.add(text.asText()));
      return texts;
    }

    String command() {
      return json.path("command").asText();
    }

    boolean disabled() {
      return json.path("disabled").asBoolean();
    }
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Written> written() {
    List<Written> all = new ArrayList<>();
    for (Path file : files()) {
      read(file)
          .path("mcpServers")
          .properties()
          .forEach(server -> all.add(new Written(server.getKey(), file, server.getValue())));
    }
    return all;
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What an operator might set: an address or a host where one is meant. */
  private static Map<String, String> values(Stream<String> variables) {
    return variables
        .distinct()
        .filter(name -> !Variables.isPredefined(name))
        .collect(
            Collectors.toMap(
                Function.identity(),
                name ->
                    name.endsWith("_URL")
                        ? "https://host.example/mcp"
                        : name.toLowerCase(Locale.ROOT).replace('_', '-') + ".example"));
  }

  private static Stream<String> allVariables() {
    return written().stream()
        .flatMap(
            server ->
                Stream.concat(
                    VARIABLE.matcher(server.json().toString()).results().map(r -> r.group(1)),
                    server.texts("requires").stream()));
  }

  private static Definitions read(
      Path path, Map<String, String> environment, boolean demos, Set<String> enabled) {
    return TenantFiles.read(
        List.of(path),
        Variables.of(environment, PREDEFINED),
        new Enablement(demos, enabled, Set.of()));
  }

  private static Set<String> on(Definitions definitions) {
    return definitions.servers().stream()
        .filter(ServerDefinition::enabled)
        .map(ServerDefinition::name)
        .collect(Collectors.toSet());
  }

  @Test
  void readsWithoutMistakesAndWarningsInAnEmptyEnvironment() {
    Definitions definitions = read(FOLDER, Map.of(), true, Set.of());

    assertEquals(List.of(), definitions.warnings());
    assertTrue(definitions.servers().size() >= 70, definitions.servers().size() + " servers");
  }

  @Test
  void readsWithoutMistakesAndWarningsWithEveryVariableSet() {
    Set<String> names = written().stream().map(Written::name).collect(Collectors.toSet());

    Definitions definitions = read(FOLDER, values(allVariables()), true, names);

    assertEquals(List.of(), definitions.warnings());
    assertEquals(names, on(definitions));
  }

  @Test
  void onlyTheDemosAreOnUntilSomethingIsSet() {
    assertEquals(DEMOS, on(read(FOLDER, Map.of(), true, Set.of())));
    assertEquals(Set.of(), on(read(FOLDER, Map.of(), false, Set.of())));
  }

  @TestFactory
  Stream<DynamicTest> isSwitchedOnByWhatItRequires() {
    return written().stream()
        .filter(server -> !DEMOS.contains(server.name()))
        .map(server -> DynamicTest.dynamicTest(server.name(), () -> isSwitchedOn(server)));
  }

  private static void isSwitchedOn(Written server) {
    List<String> required = server.texts("requires");
    Set<String> enabled = server.disabled() ? Set.of(server.name()) : Set.of();

    Definitions definitions = read(server.file(), values(required.stream()), false, enabled);

    assertEquals(Optional.empty(), definitions.find(server.name()).orElseThrow().off());
    assertTrue(server.disabled() || !required.isEmpty(), "nothing keeps it off");
    for (String missing : required) {
      Map<String, String> others = values(required.stream().filter(name -> !name.equals(missing)));
      ServerDefinition without =
          read(server.file(), others, false, enabled).find(server.name()).orElseThrow();
      assertEquals(Optional.of("needs " + missing), without.off());
    }
  }

  @Test
  void runsExactVersionsOnly() {
    for (Written server : written()) {
      List<String> args = server.texts("args");
      switch (server.command()) {
        case "npx" -> {
          assertEquals("-y", args.get(0), server.name());
          assertTrue(NPM.matcher(args.get(1)).matches(), server.name() + ": " + args.get(1));
        }
        case "uvx" ->
            assertEquals(
                1, args.stream().filter(PYTHON.asMatchPredicate()).count(), server.name() + args);
        case "docker" ->
            assertEquals(
                1, args.stream().filter(IMAGE.asMatchPredicate()).count(), server.name() + args);
        default ->
            assertTrue(Set.of("", "${TOOLGATE_JAVA}").contains(server.command()), server.name());
      }
    }
  }

  @Test
  void remoteServersAreCalledOverTls() {
    for (ServerDefinition server : read(FOLDER, values(allVariables()), true, Set.of()).servers()) {
      if (server.transport() instanceof Transport.Remote remote) {
        assertEquals("https", remote.url().getScheme(), server.name());
      }
    }
  }

  @Test
  void noDefinitionUsesAVariableOfToolgateItself() {
    assertEquals(Set.of(), allVariables().filter(Variables::isOwn).collect(Collectors.toSet()));
  }

  @Test
  void everyDefinitionSaysWhatItIs() {
    for (Written server : written()) {
      for (String key : List.of("displayName", "description", "tier")) {
        assertFalse(server.json().path(key).asText().isBlank(), server.name() + " " + key);
      }
    }
  }

  @Test
  void everyFileNamesTheSchemaForEditors() {
    for (Path file : files()) {
      Path schema = file.resolveSibling(read(file).path("$schema").asText());
      assertTrue(Files.isRegularFile(schema), file + ": " + schema);
    }
  }

  @Test
  void theTableListsEveryServerWithItsFileAndWhatSwitchesItOn() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));

    Map<String, String> rows = new TreeMap<>();
    ROW.matcher(readme)
        .results()
        .forEach(row -> rows.put(row.group(1), row.group(2) + ", " + row.group(4)));

    Map<String, String> expected = new TreeMap<>();
    written()
        .forEach(
            server ->
                expected.put(
                    server.name(), server.file().getFileName() + ", " + switchedOnBy(server)));
    assertEquals(expected, rows);
    Matcher heading = Pattern.compile("The (\\d+) servers shipped").matcher(readme);
    assertTrue(heading.find());
    assertEquals(rows.size(), Integer.parseInt(heading.group(1)));
  }

  private static String switchedOnBy(Written server) {
    if (DEMOS.contains(server.name())) {
      return "on while no authentication is configured";
    }
    return server.texts("requires").isEmpty()
        ? "`ENABLE_SERVERS`"
        : server.texts("requires").stream()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
  }

  @Test
  void theTableIsSorted() throws IOException {
    List<String> names =
        ROW.matcher(Files.readString(FOLDER.resolve("README.md")))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();

    assertEquals(List.copyOf(new TreeSet<>(names)), names);
  }
}
