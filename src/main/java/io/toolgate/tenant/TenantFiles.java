package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads tenant files: JSON with {@code mcpServers} as Claude Desktop, Cursor and mcpo write it, or
 * with {@code servers} as VS Code does.
 *
 * <p>Invariant: either all files are free of mistakes, or nothing of them is used and all mistakes
 * are reported together.
 *
 * <p>Threading: the static methods may be called from any thread; they block for reading files.
 */
public final class TenantFiles {
  private static final List<String> SERVERS = List.of("mcpServers", "servers");
  private static final Set<String> ROOT_KEYS = Set.of("mcpServers", "servers", "inputs", "$schema");

  private final Variables variables;
  private final Enablement enablement;
  private final Findings findings = new Findings();
  private final Map<String, ServerDefinition> definitions = new LinkedHashMap<>();

  /** By lower-cased name, because names that differ only by case are one name to people. */
  private final Map<String, Place> places = new LinkedHashMap<>();

  private TenantFiles(Variables variables, Enablement enablement) {
    this.variables = variables;
    this.enablement = enablement;
  }

  /**
   * Reads files and folders.
   *
   * @param paths a folder stands for the {@code *.json} files directly in it, by name, without
   *     hidden ones
   * @throws TenantMistakes with every mistake of every file
   */
  public static Definitions read(List<Path> paths, Variables variables, Enablement enablement) {
    TenantFiles reading = new TenantFiles(variables, enablement);
    paths.stream()
        .flatMap(path -> TenantPaths.files(path, reading.findings).stream())
        .forEach(reading::readFile);
    reading.warnOfUnknown("ENABLE_SERVERS", enablement.enable());
    reading.warnOfUnknown("DISABLE_SERVERS", enablement.disable());
    return reading.finish();
  }

  /**
   * One server that is a child process, named after the package it runs.
   *
   * @param command program and arguments, in which variables are filled in as in a file
   * @throws TenantMistakes as for a file
   */
  public static Definitions ofCommand(List<String> command, Variables variables) {
    TenantFiles reading = new TenantFiles(variables, new Enablement(false, Set.of(), Set.of()));
    ObjectNode server = JsonNodeFactory.instance.objectNode();
    command.forEach(server.putArray(ServerKey.COMMAND.spelling())::add);
    reading.readServer(CommandName.of(command), server, Place.file("command line"));
    return reading.finish();
  }

  private Definitions finish() {
    findings.throwMistakes();
    return new Definitions(definitions, findings.warnings());
  }

  private void readFile(Path path) {
    Place place = Place.file(path);
    TenantPaths.text(path, findings)
        .flatMap(text -> TenantJson.parse(text, place, findings))
        .ifPresent(root -> readRoot(root, place));
  }

  private void readRoot(ObjectNode root, Place file) {
    UnknownKeys.judge(root, file, ROOT_KEYS, findings);
    if (root.has("inputs")) {
      findings.warning(
          file.child("inputs"), "only an editor can ask for inputs; servers that use them are off");
    }
    if (SERVERS.stream().noneMatch(root::has)) {
      findings.mistake(file, "has no \"mcpServers\"; write {\"mcpServers\": {\"name\": {...}}}");
    }
    for (String key : SERVERS) {
      JsonNode servers = root.get(key);
      if (servers instanceof ObjectNode) {
        if (servers.isEmpty()) {
          findings.warning(file.child(key), "defines no server");
        }
        servers
            .properties()
            .forEach(
                server ->
                    readNamed(
                        server.getKey(),
                        server.getValue(),
                        file.child(key).child(server.getKey())));
      } else if (servers != null) {
        findings.mistake(
            file.child(key), "must be an object of servers, not " + TenantJson.kind(servers));
      }
    }
  }

  private void readNamed(String name, JsonNode server, Place place) {
    ServerNames.mistake(name).ifPresent(mistake -> findings.mistake(place, mistake));
    if (server instanceof ObjectNode object) {
      readServer(name, object, place);
    } else {
      findings.mistake(place, "must be an object, not " + TenantJson.kind(server));
    }
  }

  private void readServer(String name, ObjectNode server, Place place) {
    ServerDefinition definition =
        new ServerReader(new Source(name, server, place, variables, enablement), findings).read();
    Place other = places.putIfAbsent(name.toLowerCase(Locale.ROOT), place);
    if (other == null) {
      definitions.put(name, definition);
    } else if (definitions.containsKey(name)) {
      findings.mistake(place, Quote.quote(name) + " is defined in " + other + " already");
    } else {
      findings.mistake(place, Quote.quote(name) + " differs only by case from " + other);
    }
  }

  private void warnOfUnknown(String setting, Set<String> names) {
    new TreeSet<>(names)
        .stream()
            .filter(name -> !places.containsKey(name))
            .forEach(
                name ->
                    findings.warning(
                        Place.file(setting), Quote.quote(name) + " is no server of any file"));
  }
}
