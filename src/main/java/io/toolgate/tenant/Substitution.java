package io.toolgate.tenant;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:-default}} into the strings of one server, and remembers
 * what was missing and which values must stay secret.
 *
 * <p>The forms are those of a shell, with VS Code's {@code ${env:NAME}} for the first one; {@code
 * $${} stands for a literal {@code ${}. Nothing nests.
 *
 * <p>Threading: belongs to the one thread that reads the server.
 */
final class Substitution {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:env:)?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>.*))?", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("input:(?<id>[^:]+)(:.*)?", Pattern.DOTALL);

  private final Variables variables;
  private final Findings findings;
  private final Secrets secrets;
  private final Set<String> needed = new LinkedHashSet<>();
  private final Set<String> inputs = new LinkedHashSet<>();

  Substitution(Variables variables, Findings findings, Secrets secrets) {
    this.variables = variables;
    this.findings = findings;
    this.secrets = secrets;
  }

  Text fill(Place place, String raw) {
    Text text = fillTemplate(place, raw);
    for (Placeholder placeholder : text.template().placeholders()) {
      findings.mistake(
          place,
          placeholder
              + " may stand in values of \"headers\" and \"env\" only; write $${ for a literal ${");
    }
    return text;
  }

  /** Likewise for a text in which a caller's data may be left open. */
  Text fillTemplate(Place place, String raw) {
    Template.Builder filled = Template.builder();
    boolean known = true;
    int at = 0;
    for (int open = raw.indexOf("${"); open >= 0; open = raw.indexOf("${", at)) {
      if (open > at && raw.charAt(open - 1) == '$') {
        filled.append(raw.substring(at, open - 1)).append("${");
        at = open + 2;
        continue;
      }
      int close = raw.indexOf('}', open);
      if (close < 0) {
        findings.mistake(place, "a \"${\" has no \"}\"; write \"$${\" for a literal \"${\"");
        return new Text(place, raw, Template.of(raw), false);
      }
      String body = raw.substring(open + 2, close);
      filled.append(raw.substring(at, open));
      Optional<Placeholder> placeholder = Placeholder.of(body);
      if (placeholder.isPresent()) {
        filled.append(placeholder.get());
      } else {
        Optional<String> value = value(place, body);
        known &= value.isPresent();
        filled.append(value.orElse(raw.substring(open, close + 1)));
      }
      at = close + 1;
    }
    Template template = filled.append(raw.substring(at)).build();
    if (template.texts().stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
      findings.mistake(place, "holds a NUL character");
      known = false;
    }
    return new Text(place, raw, template, known);
  }

  /** Says that the server cannot run without this variable; the definition may name it. */
  void need(Place place, String name) {
    if (Variables.isOwn(name)) {
      findings.mistake(place, own(name));
    } else if (variables.find(name).isEmpty()) {
      needed.add(name);
    }
  }

  /** The variables that are unset, in the order in which they were met. */
  Set<String> needed() {
    return needed;
  }

  /** The inputs that only an editor could ask a person for. */
  Set<String> inputs() {
    return inputs;
  }

  private Optional<String> value(Place place, String body) {
    Matcher input = INPUT.matcher(body);
    if (input.matches()) {
      inputs.add(input.group("id"));
      return Optional.empty();
    }
    Matcher variable = VARIABLE.matcher(body);
    if (Placeholder.looksLike(body)) {
      findings.mistake(
          place,
          Quote.quote("${" + body + "}")
              + " is nothing known of a caller; write one of "
              + Placeholder.all());
      return Optional.empty();
    }
    if (!variable.matches()) {
      findings.mistake(
          place,
          Quote.quote("${" + body + "}")
              + " is not a variable; write ${NAME} or ${NAME:-default}, or $${ for a literal ${");
      return Optional.empty();
    }
    String name = variable.group("name");
    String otherwise = variable.group("default");
    if (Variables.isOwn(name)) {
      findings.mistake(place, own(name));
      return Optional.empty();
    }
    if (otherwise != null && otherwise.contains("${")) {
      findings.mistake(place, "the default of ${" + name + "} cannot hold another \"${\"");
      return Optional.empty();
    }
    Optional<String> value = variables.find(name);
    if (!Variables.isPredefined(name)) {
      value.ifPresent(secrets::add);
    }
    if (value.isEmpty() && otherwise == null) {
      needed.add(name);
    }
    return value.or(() -> Optional.ofNullable(otherwise));
  }

  private static String own(String name) {
    return name + " belongs to Toolgate itself and may stand in no definition";
  }
}
