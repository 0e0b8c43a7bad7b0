package io.toolgate.tenant;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a template leaves open until a caller is known. */
enum Placeholder {
  USER_EMAIL("user.email", told -> told.email().stream()),
  USER_ID("user.id", told -> told.id().stream()),
  USER_GROUPS("user.groups", told -> told.groups().stream()),
  CHAT_ID("chat.id", told -> told.chat().stream());

  private final String spelling;
  private final Function<Told, Stream<String>> values;

  Placeholder(String spelling, Function<Told, Stream<String>> values) {
    this.spelling = spelling;
    this.values = values;
  }

  /** The one that stands between {@code ${} and <code>}</code>. */
  static Optional<Placeholder> of(String body) {
    return Arrays.stream(values()).filter(one -> one.spelling.equals(body)).findFirst();
  }

  /** Whether this can only be meant as a placeholder, rightly spelt or not. */
  static boolean looksLike(String body) {
    return body.startsWith("user.") || body.startsWith("chat.");
  }

  static String all() {
    return Arrays.stream(values()).map(Placeholder::toString).collect(Collectors.joining(", "));
  }

  /**
   * What stands for it: several in the order of their names, with commas between them and none
   * within one, so that one group never reads as two. None where the caller brings nothing.
   */
  Optional<String> in(Told told, UnaryOperator<String> form) {
    return values
        .apply(told)
        .filter(value -> !value.isEmpty())
        .map(form)
        .map(value -> this == USER_GROUPS ? value.replace(",", "%2C") : value)
        .sorted()
        .reduce((some, more) -> some + "," + more);
  }

  /** As it is written in a file. */
  @Override
  public String toString() {
    return "${" + spelling + "}";
  }
}
