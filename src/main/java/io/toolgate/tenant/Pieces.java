package io.toolgate.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A string of a file taken apart: literal text, and what stands between {@code ${} and its end. */
final class Pieces {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:env:)?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>.*))?", Pattern.DOTALL);

  /** Literal text, or the body of a reference. */
  record Piece(String text, boolean reference) {
    /** The variable that is meant, if this can mean one. */
    Optional<Variable> variable() {
      Matcher variable = VARIABLE.matcher(text);
      return reference && variable.matches()
          ? Optional.of(
              new Variable(variable.group("name"), Optional.ofNullable(variable.group("default"))))
          : Optional.empty();
    }

    /** As a file spells a reference. */
    String written() {
      return "${" + text + "}";
    }
  }

  record Variable(String name, Optional<String> otherwise) {}

  private Pieces() {}

  /** None where a reference has no end. */
  static Optional<List<Piece>> of(String raw) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (int open = raw.indexOf("${"); open >= 0; open = raw.indexOf("${", at)) {
      if (open > at && raw.charAt(open - 1) == '$') {
        pieces.add(new Piece(raw.substring(at, open - 1) + "${", false));
        at = open + 2;
        continue;
      }
      int close = raw.indexOf('}', open);
      if (close < 0) {
        return Optional.empty();
      }
      pieces.add(new Piece(raw.substring(at, open), false));
      pieces.add(new Piece(raw.substring(open + 2, close), true));
      at = close + 1;
    }
    pieces.add(new Piece(raw.substring(at), false));
    return Optional.of(pieces);
  }

  /** All variables of a string. */
  static Set<Variable> variables(String raw) {
    return of(raw).stream()
        .flatMap(List::stream)
        .flatMap(piece -> piece.variable().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static Set<String> names(String raw) {
    return variables(raw).stream().map(Variable::name).collect(Collectors.toUnmodifiableSet());
  }
}
