package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Single values of a definition by their type. One of the wrong type is reported at its place and
 * then counts as absent.
 */
final class Values {
  /** Programs that count milliseconds write such numbers. */
  private static final BigDecimal SUSPICIOUS = BigDecimal.valueOf(3600);

  private final Substitution substitution;
  private final Findings findings;

  Values(Substitution substitution, Findings findings) {
    this.substitution = substitution;
    this.findings = findings;
  }

  Optional<Text> string(Place at, JsonNode node, String expected) {
    return is(node.isTextual(), at, node, expected)
        ? Optional.of(substitution.fill(at, node.textValue()))
        : Optional.empty();
  }

  /** A string; a number, true or false is taken as it is written. */
  Optional<Text> scalar(Place at, JsonNode node) {
    return isScalar(node) ? Optional.of(Text.of(at, node.asText())) : string(at, node, "a string");
  }

  /** Likewise, and a caller's data may be left open in it. */
  Optional<Text> template(Place at, JsonNode node) {
    return node.isTextual()
        ? Optional.of(substitution.fillTemplate(at, node.textValue()))
        : scalar(at, node);
  }

  /** True or false; none where it is neither, or not known. */
  Optional<Boolean> choice(Place at, JsonNode node) {
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    Optional<String> value = string(at, node, "true or false").filter(Text::known).map(Text::value);
    if (value.isPresent() && !value.get().matches("(?i)true|false")) {
      findings.mistake(at, written(node) + " is not true or false");
      return Optional.empty();
    }
    return value.map(Boolean::parseBoolean);
  }

  Optional<Duration> time(Place at, JsonNode node) {
    Optional<BigDecimal> seconds;
    boolean hasUnit = false;
    if (node.isNumber()) {
      seconds = Optional.of(node.decimalValue());
    } else {
      Optional<Text> text =
          string(at, node, "a number of seconds or a string such as \"30s\"").filter(Text::known);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      seconds = Times.seconds(text.get().value());
      hasUnit = Times.hasUnit(text.get().value());
    }
    String written = written(node);
    if (seconds.isEmpty()) {
      findings.mistake(
          at,
          written
              + " is not a time; write seconds such as 30, or a string such as \"500ms\", \"30s\""
              + " or \"5m\"");
      return Optional.empty();
    }
    Optional<Duration> time = Times.ofSeconds(seconds.get());
    boolean suspicious = !hasUnit && seconds.get().compareTo(SUSPICIOUS) >= 0;
    String hint = "counts seconds; write " + Quote.quote(node.asText() + "ms") + " if meant so";
    if (time.isEmpty()) {
      findings.mistake(
          at,
          written + " is no time above 0 and up to 24 hours" + (suspicious ? "; it " + hint : ""));
    } else if (suspicious) {
      findings.warning(at, written + " " + hint);
    }
    return time;
  }

  /** A whole number, or a string that holds one because it came from a variable. */
  Optional<Integer> whole(Place at, JsonNode node, int least) {
    return number(at, node, "a whole number")
        .flatMap(
            number -> {
              Optional<Integer> whole =
                  Amounts.whole(number)
                      .filter(value -> value >= least && value <= Integer.MAX_VALUE)
                      .map(Long::intValue);
              if (whole.isEmpty()) {
                findings.mistake(at, written(node) + " is no whole number from " + least + " up");
              }
              return whole;
            });
  }

  /** Any number, or a string that holds one. */
  Optional<BigDecimal> number(Place at, JsonNode node, String expected) {
    if (node.isNumber()) {
      return Optional.of(node.decimalValue());
    }
    Optional<Text> text = string(at, node, expected).filter(Text::known);
    Optional<BigDecimal> number = text.map(Text::value).flatMap(Amounts::number);
    if (text.isPresent() && number.isEmpty()) {
      findings.mistake(at, written(node) + " is not " + expected);
    }
    return number;
  }

  /** As the file has it, not as variables make it; safe to show. */
  static String written(JsonNode node) {
    return node.isNumber() ? Quote.shortened(node.asText()) : Quote.quote(node.asText());
  }

  boolean is(boolean right, Place at, JsonNode node, String expected) {
    if (!right) {
      findings.mistake(at, "must be " + expected + ", not " + TenantJson.kind(node));
    }
    return right;
  }

  private static boolean isScalar(JsonNode node) {
    return node.isNumber() || node.isBoolean();
  }
}
