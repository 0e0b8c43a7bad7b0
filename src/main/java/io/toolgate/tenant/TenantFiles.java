package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads tenant files: JSON with servers in one of the places that {@link Listing} knows.
 *
 * <p>Invariant: either all files are free of mistakes, or nothing of them is used and all mistakes
 * are reported together.
 *
 * <p>Threading: the static methods may be called from any thread; they block for reading files.
 */
public final class TenantFiles {
  private final Variables variables;
  private final Enablement enablement;
  private final Findings findings = new Findings();
  private final Map<String, ServerDefinition> definitions = new LinkedHashMap<>();

  /** By lower-cased name, because names that differ only by case are one name to people. */
  private final Map<String, Place> places = new LinkedHashMap<>();

  /** Those of {@link #places} that stand in their files under others. */
  private final Set<String> renamed = new HashSet<>();

  private TenantFiles(Variables variables, Enablement enablement) {
    this.variables = variables;
    this.enablement = enablement;
  }

  /**
   * Reads files and folders. In a file that is named itself, and so was perhaps written for another
   * program, a server whose name is no valid one is served under the nearest that is.
   *
   * @param paths a folder stands for the {@code *.json} files directly in it, by name, without
   *     hidden ones
   * @throws TenantMistakes with every mistake of every file
   */
  public static Definitions read(List<Path> paths, Variables variables, Enablement enablement) {
    TenantFiles reading = new TenantFiles(variables, enablement);
    for (Path path : paths) {
      boolean isOurs = Files.isDirectory(path);
      TenantPaths.files(path, reading.findings).forEach(file -> reading.readFile(file, isOurs));
    }
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

  private void readFile(Path path, boolean isOurs) {
    Place place = Place.file(path);
    TenantPaths.text(path, findings)
        .flatMap(text -> TenantJson.parse(text, place, findings))
        .ifPresent(root -> readRoot(root, place, isOurs));
  }

  private void readRoot(ObjectNode root, Place file, boolean isOurs) {
    List<Listing> listings = Listing.in(root, file);
    Optional<ForeignForm> foreign = listings.isEmpty() ? ForeignForm.of(root) : Optional.empty();
    if (!Listing.isOfSettings(root)) {
      Set<String> known = new HashSet<>(Listing.KEYS);
      foreign.map(ForeignForm::key).ifPresent(known::add);
      UnknownKeys.judge(root, file, known, findings);
    }
    if (foreign.isPresent()) {
      findings.mistake(file.child(foreign.get().key()), foreign.get().mistake());
    } else if (listings.isEmpty()) {
      findings.mistake(file, "has no \"mcpServers\"; write {\"mcpServers\": {\"name\": {...}}}");
    }
    Listing.inputs(root, file)
        .ifPresent(
            place ->
                findings.warning(
                    place, "only an editor can ask for inputs; servers that use them are off"));
    listings.forEach(listing -> readListing(listing, isOurs));
  }

  private void readListing(Listing listing, boolean isOurs) {
    if (listing.servers() instanceof ObjectNode servers) {
      if (servers.isEmpty()) {
        findings.warning(listing.place(), "defines no server");
      }
      servers
          .properties()
          .forEach(
              server ->
                  readNamed(
                      server.getKey(),
                      server.getValue(),
                      listing.place().child(server.getKey()),
                      isOurs));
    } else {
      findings.mistake(
          listing.place(),
          listing.servers().isArray() && !listing.servers().isEmpty()
              ? ForeignForm.listMistake()
              : "must be an object of servers, not " + TenantJson.kind(listing.servers()));
    }
  }

  private void readNamed(String name, JsonNode server, Place place, boolean isOurs) {
    String served = isOurs ? name : ServerNames.served(name);
    if (!served.equals(name)) {
      renamed.add(served.toLowerCase(Locale.ROOT));
      findings.warning(
          place, ServerNames.reason(name) + "; it is served as " + Quote.quote(served));
    } else {
      ServerNames.mistake(name).ifPresent(mistake -> findings.mistake(place, mistake));
    }
    if (server instanceof ObjectNode object) {
      readServer(served, served.equals(name) ? object : named(name, object), place);
    } else {
      findings.mistake(place, "must be an object, not " + TenantJson.kind(server));
    }
  }

  /** A server that people know by another name than that of its URLs. */
  private static ObjectNode named(String name, ObjectNode server) {
    return ServerKey.DISPLAY_NAME.in(server).isPresent()
        ? server
        : server.deepCopy().put(ServerKey.DISPLAY_NAME.spelling(), name.replace("${", "$${"));
  }

  private void readServer(String name, ObjectNode server, Place place) {
    ServerDefinition definition =
        new ServerReader(new Source(name, server, place, variables, enablement), findings).read();
    Place other = places.putIfAbsent(name.toLowerCase(Locale.ROOT), place);
    if (other == null) {
      definitions.put(name, definition);
    } else if (renamed.contains(name.toLowerCase(Locale.ROOT))) {
      findings.mistake(
          place,
          "would be served as " + Quote.quote(name) + ", as " + other + " is; rename one of them");
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
