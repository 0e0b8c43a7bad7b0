package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that {@code envFile} names, with lines {@code NAME=value} as editors read them, becomes
 * part of {@code env}, where what stands there already wins. A value is text: nothing in it is
 * filled in.
 */
final class EnvFile {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([^\\s=#][^\\s=]*)\\s*=\\s*(.*)");
  private static final String COMMENT = "\\s*(?:#.*)?";
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"" + COMMENT, Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("'([^']*)'" + COMMENT, Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
  private static final Map<String, String> ESCAPED =
      Map.of("n", "\n", "r", "\r", "t", "\t", "\"", "\"", "\\", "\\", "$", "$");

  private final Place place;
  private final Findings findings;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private EnvFile(Place place, Findings findings) {
    this.place = place;
    this.findings = findings;
  }

  /**
   * A server with those variables and without the key; as it is where the file cannot be named yet,
   * or is none of this server's.
   *
   * @param place of the server; a relative path begins in the folder of its file
   */
  static ObjectNode merged(
      ObjectNode server, Place place, Substitution substitution, Findings findings) {
    JsonNode named = server.path(ServerKey.ENV_FILE.spelling());
    JsonNode env = ServerKey.ENV.in(server).orElseGet(server::objectNode);
    Place at = place.child(ServerKey.ENV_FILE.spelling());
    if (named.isMissingNode() || named.isNull() || ServerKey.COMMAND.in(server).isEmpty()) {
      return server;
    }
    if (!named.isTextual()) {
      findings.mistake(at, "must be a string, not " + TenantJson.kind(named));
      return server;
    }
    Text path = substitution.fill(at, named.textValue());
    if (!path.known() || !(env instanceof ObjectNode own)) {
      return server;
    }
    EnvFile file = new EnvFile(at, findings);
    file.read(path.value().strip());
    ObjectNode merged = server.deepCopy();
    merged.remove(ServerKey.ENV_FILE.spelling());
    ObjectNode all = merged.putObject(ServerKey.ENV.spelling());
    file.variables.forEach((name, value) -> all.put(name, value.replace("${", "$${")));
    all.setAll(own);
    return merged;
  }

  private void read(String name) {
    try {
      Path file = Path.of(place.file()).resolveSibling(name);
      List<String> lines = TenantPaths.text(file, place, findings).orElse("").lines().toList();
      Iterator<String> rest = lines.iterator();
      for (int number = 1; rest.hasNext(); number++) {
        String line = rest.next();
        Matcher variable = LINE.matcher(line);
        if (variable.matches() && Variables.isLegal(variable.group(1))) {
          StringBuilder value = new StringBuilder(variable.group(2).strip());
          int begun = number;
          while (isOpen(value) && rest.hasNext()) {
            value.append('\n').append(rest.next());
            number++;
          }
          add(variable.group(1), value.toString(), begun);
        } else if (!line.isBlank() && !line.strip().startsWith("#")) {
          findings.mistake(place, "line " + number + " of the file is not NAME=value");
        }
      }
    } catch (InvalidPathException mistake) {
      findings.mistake(place, "is not a path");
    }
  }

  private void add(String name, String written, int line) {
    Matcher quoted = QUOTED.matcher(written);
    Matcher literal = LITERAL.matcher(written);
    if (quoted.matches()) {
      variables.put(name, unescaped(quoted.group(1)));
    } else if (literal.matches()) {
      variables.put(name, literal.group(1));
    } else if (isOpen(written)) {
      findings.mistake(place, "a quotation mark in line " + line + " of the file has no end");
    } else {
      variables.put(name, written.replaceFirst("(?:^|\\s+)#.*", ""));
    }
  }

  /** Whether a quotation goes on in the next line. */
  private static boolean isOpen(CharSequence value) {
    return !value.isEmpty()
        && "\"'".indexOf(value.charAt(0)) >= 0
        && value.chars().skip(1).noneMatch(c -> c == value.charAt(0));
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(ESCAPED.getOrDefault(escape.group(1), escape.group())));
  }
}
