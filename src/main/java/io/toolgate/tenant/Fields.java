package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Typed access to the keys of one server. A value of the wrong type is reported at its place and
 * then counts as absent, so that reading can go on; {@code null} is absent without a report.
 */
final class Fields {
  /** Programs that count milliseconds write such numbers. */
  private static final Duration SUSPICIOUS = Duration.ofHours(1);

  private final ObjectNode server;
  private final Place place;
  private final Substitution substitution;
  private final Findings findings;

  Fields(ObjectNode server, Place place, Substitution substitution, Findings findings) {
    this.server = server;
    this.place = place;
    this.substitution = substitution;
    this.findings = findings;
    UnknownKeys.judge(server, place, ServerKey.allSpellings(), findings);
    for (ServerKey key : ServerKey.values()) {
      List<String> given = key.spellings().stream().filter(server::hasNonNull).toList();
      if (given.size() > 1) {
        findings.mistake(
            place.child(given.get(1)), "means the same as " + Quote.quote(given.get(0)) + " here");
      }
    }
  }

  /** Whether the file gives it, rightly or wrongly. */
  boolean has(ServerKey key) {
    return spelling(key).isPresent();
  }

  /** Where it stands, or where it should. */
  Place place(ServerKey key) {
    return place.child(spelling(key).orElse(key.spelling()));
  }

  /** The server itself. */
  Place place() {
    return place;
  }

  Optional<Text> text(ServerKey key) {
    return node(key).flatMap(node -> string(place(key), node, "a string"));
  }

  boolean flag(ServerKey key) {
    Optional<JsonNode> node = node(key);
    if (node.isEmpty() || node.get().isBoolean()) {
      return node.map(JsonNode::booleanValue).orElse(false);
    }
    Optional<Text> text = string(place(key), node.get(), "true or false");
    String value = text.map(Text::value).orElse("").toLowerCase(Locale.ROOT);
    if (text.isPresent() && text.get().known() && !value.equals("true") && !value.equals("false")) {
      findings.mistake(place(key), Quote.quote(text.get().raw()) + " is not true or false");
    }
    return value.equals("true");
  }

  Optional<Duration> time(ServerKey key) {
    return node(key).flatMap(node -> time(place(key), node));
  }

  /** Strings; numbers, true and false are taken as they are written. */
  List<Text> texts(ServerKey key) {
    List<Text> texts = new ArrayList<>();
    node(key)
        .filter(node -> is(node.isArray(), place(key), node, "an array of strings"))
        .ifPresent(
            node -> {
              for (int i = 0; i < node.size(); i++) {
                scalar(place(key).child(i), node.get(i)).ifPresent(texts::add);
              }
            });
    return texts;
  }

  /** A program with its first arguments: an array of them, or the program alone. */
  List<Text> command() {
    Optional<JsonNode> command = node(ServerKey.COMMAND);
    if (command.isPresent() && command.get().isArray()) {
      is(!command.get().isEmpty(), place(ServerKey.COMMAND), command.get(), "a program");
      return texts(ServerKey.COMMAND);
    }
    return command
        .flatMap(node -> string(place(ServerKey.COMMAND), node, "a string"))
        .map(List::of)
        .orElse(List.of());
  }

  /** Values as in {@link #texts}; keys whose value is null are left out. */
  Map<String, Text> map(ServerKey key) {
    Map<String, Text> map = new LinkedHashMap<>();
    object(key)
        .ifPresent(
            node ->
                node.properties().stream()
                    .filter(entry -> !entry.getValue().isNull())
                    .forEach(
                        entry ->
                            scalar(place(key).child(entry.getKey()), entry.getValue())
                                .ifPresent(text -> map.put(entry.getKey(), text))));
    return map;
  }

  Optional<ObjectNode> object(ServerKey key) {
    return node(key)
        .filter(node -> is(node.isObject(), place(key), node, "an object"))
        .map(ObjectNode.class::cast);
  }

  private Optional<String> spelling(ServerKey key) {
    return key.spellings().stream().filter(server::hasNonNull).findFirst();
  }

  private Optional<JsonNode> node(ServerKey key) {
    return spelling(key).map(server::get);
  }

  private Optional<Duration> time(Place at, JsonNode node) {
    Optional<BigDecimal> seconds;
    if (node.isNumber()) {
      seconds = Optional.of(node.decimalValue());
    } else {
      Optional<Text> text =
          string(at, node, "a number of seconds or a string such as \"30s\"").filter(Text::known);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      seconds = Times.seconds(text.get().value());
    }
    String written = node.isNumber() ? Quote.shortened(node.asText()) : Quote.quote(node.asText());
    if (seconds.isEmpty()) {
      findings.mistake(
          at,
          written
              + " is not a time; write seconds such as 30, or a string such as \"500ms\", \"30s\""
              + " or \"5m\"");
      return Optional.empty();
    }
    Optional<Duration> time = Times.ofSeconds(seconds.get());
    if (time.isEmpty()) {
      findings.mistake(at, written + " is no time above 0 and up to 24 hours");
    } else if (node.isNumber() && time.get().compareTo(SUSPICIOUS) >= 0) {
      findings.warning(at, written + " counts seconds; write \"" + written + "ms\" if meant so");
    }
    return time;
  }

  private Optional<Text> scalar(Place at, JsonNode node) {
    return node.isNumber() || node.isBoolean()
        ? Optional.of(new Text(at, node.asText(), node.asText(), true))
        : string(at, node, "a string");
  }

  private Optional<Text> string(Place at, JsonNode node, String expected) {
    return is(node.isTextual(), at, node, expected)
        ? Optional.of(substitution.fill(at, node.textValue()))
        : Optional.empty();
  }

  private boolean is(boolean right, Place at, JsonNode node, String expected) {
    if (!right) {
      findings.mistake(at, "must be " + expected + ", not " + TenantJson.kind(node));
    }
    return right;
  }
}
