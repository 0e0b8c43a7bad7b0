package io.toolgate.tenant;

import io.toolgate.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The headers or the environment of a server, by name.
 *
 * <p>Where nothing is left open, filling gives the same map each time, so that a call costs
 * nothing.
 *
 * <p>Threading: immutable.
 */
public final class Templates {
  /** What HTTP clients send unchanged; the rest some of them replace by question marks. */
  private static final Pattern NOT_FOR_HEADERS = Pattern.compile("[^\\x20-\\x7e]+|%");

  private final Map<String, Template> byName;
  private final Optional<Map<String, String>> texts;

  Templates(Map<String, Template> byName) {
    this.byName = Map.copyOf(byName);
    this.texts =
        byName.values().stream().allMatch(Template::isText)
            ? Optional.of(filled(byName, Told.NOBODY, UnaryOperator.identity()))
            : Optional.empty();
  }

  /** Those that leave nothing open. */
  public static Templates of(Map<String, String> texts) {
    return new Templates(
        texts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Template.of(e.getValue()))));
  }

  public Map<String, Template> byName() {
    return byName;
  }

  /** Whether something is left open until a caller is known. */
  public boolean open() {
    return texts.isEmpty();
  }

  /**
   * As headers. What a header cannot hold is percent-encoded as UTF-8, and so is the percent sign,
   * so that two callers never look alike to the server.
   */
  Map<String, String> headers(Told told) {
    return texts.orElseGet(() -> filled(byName, told, Templates::header));
  }

  Map<String, String> environment(Told told) {
    return texts.orElseGet(() -> filled(byName, told, Templates::oneLine));
  }

  private static Map<String, String> filled(
      Map<String, Template> byName, Told told, UnaryOperator<String> form) {
    Map<String, String> filled = new HashMap<>();
    byName.forEach(
        (name, template) -> template.fill(told, form).ifPresent(value -> filled.put(name, value)));
    return Map.copyOf(filled);
  }

  private static String header(String value) {
    return NOT_FOR_HEADERS
        .matcher(oneLine(value))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(URLEncoder.encode(found.group(), StandardCharsets.UTF_8)));
  }

  /**
   * Refused rather than left out: without it the server would take this caller for one it knows
   * nothing about.
   */
  private static String oneLine(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw Problem.NOT_GRANTED.because(
          "This server is to be told who is calling, but the caller's name, groups or chat id hold"
              + " control characters.");
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Templates that && byName.equals(that.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  /** Names only. */
  @Override
  public String toString() {
    return byName.keySet().toString();
  }
}
