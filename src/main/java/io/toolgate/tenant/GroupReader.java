package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.tenant.Pieces.Variable;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a server again for a group: the group's values stand in place of variables that the
 * definition itself hands to the server as environment or headers, and nowhere else.
 *
 * <p>Invariant: at the group's own address no header carries a value that the group did not bring,
 * unless the file spells it out and it does not look like a credential.
 *
 * <p>Threading: belongs to the one thread that reads.
 */
final class GroupReader {
  /** No definition can name such a variable. */
  private static final String BROUGHT = "TOOLGATE_BROUGHT_";

  private final ServerDefinition server;
  private final Source source;
  private final GroupCredentials credentials;
  private final boolean remote;
  private final Map<String, String> values = new HashMap<>();

  /** Variables named by what the group takes the place of. */
  private final Set<String> replaced = new HashSet<>();

  private final List<String> warnings = new ArrayList<>();

  GroupReader(ServerDefinition server, Source source, GroupCredentials credentials) {
    this.server = server;
    this.source = source;
    this.credentials = credentials;
    this.remote = server.transport() instanceof Transport.Remote;
  }

  GroupDefinition read() {
    chooseValues();
    Optional<URI> endpoint = credentials.endpoint().filter(this::hasAddress);
    if (values.isEmpty() && endpoint.isEmpty()) {
      return new GroupDefinition(server, warnings);
    }
    ObjectNode raw = source.server().deepCopy();
    if (remote) {
      endpoint.ifPresent(url -> moveTo(url, raw));
    } else {
      replaceEnvironment(raw);
    }
    dropRequirements(raw);
    Findings findings = new Findings();
    ServerDefinition read = new ServerReader(source.with(raw), values, findings).read();
    ServerDefinition forGroup =
        findings.mistakes().stream()
            .findFirst()
            .map(mistake -> server.with(server.transport(), unusable(mistake), source))
            .orElseGet(() -> read.with(reached(read.transport(), endpoint), read.off(), source));
    return new GroupDefinition(forGroup, warnings);
  }

  private void chooseValues() {
    Set<String> named = new HashSet<>();
    parts(source.server())
        .forEach(
            (key, node) -> {
              named.addAll(Pieces.names(node.asText()));
              if (!remote) {
                named.add(key);
              }
            });
    new TreeMap<>(credentials.values())
        .forEach(
            (name, value) -> {
              if (RuntimeVariables.contains(name)) {
                warnings.add(Quote.quote(name) + " decides what is run, so no group may set it");
              } else if (!named.contains(name)) {
                warnings.add(
                    Quote.quote(name)
                        + " is no variable that the definition of "
                        + server.name()
                        + (remote ? " names in \"headers\"" : " names in \"env\""));
              } else if (value.isEmpty()) {
                warnings.add(Quote.quote(name) + " is empty");
              } else {
                values.put(name, value);
              }
            });
  }

  private boolean hasAddress(URI endpoint) {
    if (!remote) {
      warnings.add(server.name() + " is a child process and has no address");
    }
    return remote;
  }

  private void replaceEnvironment(ObjectNode raw) {
    parts(raw)
        .forEach(
            (key, node) -> {
              if (values.containsKey(key)) {
                replaced.addAll(Pieces.names(node.asText()));
                ((ObjectNode) ServerKey.ENV.in(raw).orElseThrow()).put(key, reference(key));
              }
            });
  }

  /** What names the group's value for a key, also for one that is no name of a variable. */
  private String reference(String key) {
    String name = key;
    if (!Variables.isName(key)) {
      name = BROUGHT + values.size();
      values.put(name, values.get(key));
    }
    return "${" + name + "}";
  }

  private void moveTo(URI endpoint, ObjectNode raw) {
    for (String url : ServerKey.URL.spellings()) {
      if (raw.hasNonNull(url)) {
        replaced.addAll(Pieces.names(raw.get(url).asText()));
        raw.put(url, endpoint.toString());
      }
    }
    parts(raw)
        .forEach(
            (name, node) -> {
              if (isOfOthers(name, node.asText())) {
                replaced.addAll(Pieces.names(node.asText()));
                ((ObjectNode) ServerKey.HEADERS.in(raw).orElseThrow()).remove(name);
              }
            });
  }

  private boolean isOfOthers(String header, String text) {
    boolean credential = Secrets.isCredential(header, text);
    Set<Variable> variables = Pieces.variables(text);
    Set<String> brought = new HashSet<>(Pieces.names(text));
    brought.retainAll(values.keySet());
    return credential && brought.isEmpty()
        || variables.stream()
            .filter(variable -> !values.containsKey(variable.name()))
            .anyMatch(
                variable ->
                    credential
                        || variable.otherwise().isEmpty()
                        || source.variables().find(variable.name()).isPresent());
  }

  /** A variable need not be set for all if the group brings it, or what it was for. */
  private void dropRequirements(ObjectNode raw) {
    JsonNode requires = raw.remove(ServerKey.REQUIRES.spelling());
    if (requires == null) {
      return;
    }
    Set<String> left = new HashSet<>();
    names(raw, left);
    for (JsonNode required : requires) {
      String name = required.asText();
      if (!values.containsKey(name) && (!replaced.contains(name) || left.contains(name))) {
        raw.withArray(ServerKey.REQUIRES.spelling()).add(name);
      }
    }
  }

  private static void names(JsonNode node, Set<String> names) {
    if (node.isTextual()) {
      names.addAll(Pieces.names(node.textValue()));
    }
    node.forEach(child -> names(child, names));
  }

  /** What is handed to the server: headers of a remote one, else the environment. */
  private Map<String, JsonNode> parts(ObjectNode raw) {
    JsonNode node = (remote ? ServerKey.HEADERS : ServerKey.ENV).in(raw).orElse(null);
    Map<String, JsonNode> parts = new TreeMap<>();
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> parts.put(entry.getKey(), entry.getValue()));
    }
    return parts;
  }

  private Optional<String> unusable(Finding mistake) {
    return Optional.of(
        "what the group %s brings for it cannot be used: %s %s"
            .formatted(
                Quote.quote(credentials.group()),
                mistake.pointer().substring(mistake.pointer().lastIndexOf('/') + 1),
                mistake.detail()));
  }

  private static Transport reached(Transport transport, Optional<URI> endpoint) {
    return endpoint.isPresent() && transport instanceof Transport.Remote remote
        ? remote.at(endpoint.get())
        : transport;
  }
}
