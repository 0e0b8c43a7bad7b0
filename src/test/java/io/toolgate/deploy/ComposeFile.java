package io.toolgate.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * A compose file as it is written, before variables are filled in.
 *
 * @param services by name, each with its keys
 */
record ComposeFile(Path path, String text, Map<String, Map<String, Object>> services) {
  /** A variable and what follows its name: {@code :-default}, {@code :?sentence} or nothing. */
  record Variable(String name, String rest) {}

  /** Two dollar signs are one for the program that is started. */
  private static final Pattern VARIABLE =
      Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z_0-9]*)([^}]*)}");

  @SuppressWarnings("unchecked")
  static ComposeFile read(String name) {
    Path path = Path.of(name);
    try {
      String text = Files.readString(path);
      Map<String, Object> file = new Yaml().load(text);
      return new ComposeFile(path, text, (Map<String, Map<String, Object>>) file.get("services"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Variable> variables() {
    List<Variable> found = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      found.add(new Variable(matcher.group(1), matcher.group(2)));
    }
    return found;
  }

  Set<String> variableNames() {
    Set<String> names = new TreeSet<>();
    variables().forEach(variable -> names.add(variable.name()));
    return names;
  }

  @SuppressWarnings("unchecked")
  List<String> list(String service, String key) {
    return (List<String>) services.get(service).getOrDefault(key, List.of());
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> environment(String service) {
    return (Map<String, Object>) services.get(service).getOrDefault("environment", Map.of());
  }

  /** The shell script that a service runs, as its shell gets it. */
  String script(String service) {
    return list(service, "command").get(0).replace("$$", "$");
  }
}
