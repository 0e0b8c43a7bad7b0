package io.toolgate.tenant;

import io.toolgate.tenant.Pieces.Piece;
import io.toolgate.tenant.Pieces.Variable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private static final Pattern INPUT = Pattern.compile("input:(?<id>[^:]+)(:.*)?", Pattern.DOTALL);

  private final Variables variables;

  /** What a group brings, for templates only: a group chooses credentials, not what is run. */
  private final Map<String, String> brought;

  private final Findings findings;
  private final Secrets secrets;
  private final Map<String, Optional<String>> used = new HashMap<>();
  private final Set<String> needed = new LinkedHashSet<>();
  private final Set<String> inputs = new LinkedHashSet<>();

  Substitution(
      Variables variables, Map<String, String> brought, Findings findings, Secrets secrets) {
    this.variables = variables;
    this.brought = brought;
    this.findings = findings;
    this.secrets = secrets;
  }

  Text fill(Place place, String raw) {
    Text text = fill(place, raw, Map.of());
    for (Placeholder placeholder : text.template().placeholders()) {
      findings.mistake(
          place,
          placeholder
              + " may stand in values of \"headers\" and \"env\" only; write $${ for a literal ${");
    }
    return text;
  }

  /** Likewise for a text in which a caller's data may be left open, and a group's values count. */
  Text fillTemplate(Place place, String raw) {
    return fill(place, raw, brought);
  }

  private Text fill(Place place, String raw, Map<String, String> first) {
    Optional<List<Piece>> pieces = Pieces.of(raw);
    if (pieces.isEmpty()) {
      findings.mistake(place, "a \"${\" has no \"}\"; write \"$${\" for a literal \"${\"");
      return new Text(place, raw, Template.of(raw), false);
    }
    Template.Builder filled = Template.builder();
    boolean known = true;
    for (Piece piece : pieces.get()) {
      Optional<Placeholder> placeholder =
          piece.reference() ? Placeholder.of(piece.text()) : Optional.empty();
      if (placeholder.isPresent()) {
        filled.append(placeholder.get());
      } else if (piece.reference()) {
        Optional<String> value = value(place, piece, first);
        known &= value.isPresent();
        filled.append(value.orElse(piece.written()));
      } else {
        filled.append(piece.text());
      }
    }
    Template template = filled.build();
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
    } else if (find(name).isEmpty()) {
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

  /** Which variables were looked up, with what they were. */
  Map<String, Optional<String>> used() {
    return used;
  }

  private Optional<String> value(Place place, Piece piece, Map<String, String> first) {
    Matcher input = INPUT.matcher(piece.text());
    Optional<Variable> variable = piece.variable();
    if (input.matches()) {
      inputs.add(input.group("id"));
    } else if (Placeholder.looksLike(piece.text())) {
      findings.mistake(
          place,
          Quote.quote(piece.written())
              + " is nothing known of a caller; write one of "
              + Placeholder.all());
    } else if (variable.isEmpty()) {
      findings.mistake(
          place,
          Quote.quote(piece.written())
              + " is not a variable; write ${NAME} or ${NAME:-default}, or $${ for a literal ${");
    } else if (first.containsKey(variable.get().name())) {
      String value = first.get(variable.get().name());
      secrets.add(value);
      return Optional.of(value);
    } else {
      return value(place, variable.get());
    }
    return Optional.empty();
  }

  private Optional<String> value(Place place, Variable variable) {
    String name = variable.name();
    Optional<String> otherwise = variable.otherwise();
    if (Variables.isOwn(name)) {
      findings.mistake(place, own(name));
      return Optional.empty();
    }
    if (otherwise.filter(text -> text.contains("${")).isPresent()) {
      findings.mistake(place, "the default of ${" + name + "} cannot hold another \"${\"");
      return Optional.empty();
    }
    Optional<String> value = find(name);
    if (!Variables.isPredefined(name)) {
      value.ifPresent(secrets::add);
    }
    if (value.isEmpty() && otherwise.isEmpty()) {
      needed.add(name);
    }
    return value.or(() -> otherwise);
  }

  private Optional<String> find(String name) {
    return used.computeIfAbsent(name, variables::find);
  }

  private static String own(String name) {
    return name + " belongs to Toolgate itself and may stand in no definition";
  }
}
