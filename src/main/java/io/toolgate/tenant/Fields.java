package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Typed access to the keys of one server. A value of the wrong type is reported at its place and
 * then counts as absent, so that reading can go on; {@code null} is absent without a report.
 */
final class Fields {
  private final ObjectNode server;
  private final Place place;
  private final Values values;

  Fields(ObjectNode server, Place place, Substitution substitution, Findings findings) {
    this.server = server;
    this.place = place;
    this.values = new Values(substitution, findings);
    UnknownKeys.judge(server, place, ServerKey.allKeys(), findings);
    ServerKey.nested().forEach((outer, keys) -> judgeNested(outer, keys, findings));
    for (ServerKey key : ServerKey.values()) {
      List<String> given = key.spellingsIn(server);
      if (given.size() > 1) {
        findings.mistake(
            ServerKey.place(place, given.get(1)),
            "means the same as " + Quote.quote(given.get(0)) + " here");
      }
    }
  }

  private void judgeNested(String outer, Set<String> keys, Findings findings) {
    JsonNode node = server.get(outer);
    if (node instanceof ObjectNode object) {
      UnknownKeys.judge(object, place.child(outer), keys, findings);
    } else if (node != null && !node.isNull()) {
      values.is(false, place.child(outer), node, "an object");
    }
  }

  /** Whether the file gives it, rightly or wrongly. */
  boolean has(ServerKey key) {
    return key.in(server).isPresent();
  }

  /** Where it stands, or where it should. */
  Place place(ServerKey key) {
    return ServerKey.place(place, key.spellingIn(server).orElse(key.spelling()));
  }

  Values values() {
    return values;
  }

  /** The server itself. */
  Place place() {
    return place;
  }

  Optional<Text> text(ServerKey key) {
    return node(key).flatMap(node -> values.string(place(key), node, "a string"));
  }

  boolean flag(ServerKey key) {
    return choice(key).orElse(false);
  }

  /** True or false; none where it is not given, or not known because a variable is unset. */
  Optional<Boolean> choice(ServerKey key) {
    return node(key).flatMap(node -> values.choice(place(key), node));
  }

  Optional<Duration> time(ServerKey key) {
    return node(key).flatMap(node -> values.time(place(key), node));
  }

  /** A whole number that is not less than the least one. */
  Optional<Integer> whole(ServerKey key, int least) {
    return node(key).flatMap(node -> values.whole(place(key), node, least));
  }

  /** Strings; numbers, true and false are taken as they are written. */
  List<Text> texts(ServerKey key) {
    List<Text> texts = new ArrayList<>();
    node(key)
        .filter(node -> values.is(node.isArray(), place(key), node, "an array of strings"))
        .ifPresent(
            node -> {
              for (int i = 0; i < node.size(); i++) {
                values.scalar(place(key).child(i), node.get(i)).ifPresent(texts::add);
              }
            });
    return texts;
  }

  /** A program with its first arguments: an array of them, or the program alone. */
  List<Text> command() {
    Optional<JsonNode> command = node(ServerKey.COMMAND);
    if (command.isPresent() && command.get().isArray()) {
      values.is(!command.get().isEmpty(), place(ServerKey.COMMAND), command.get(), "a program");
      return texts(ServerKey.COMMAND);
    }
    return command
        .flatMap(node -> values.string(place(ServerKey.COMMAND), node, "a string"))
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * Values as in {@link #texts}, in which a caller's data may be left open; keys whose value is
   * null are left out.
   */
  Map<String, Text> templates(ServerKey key) {
    Map<String, Text> map = new LinkedHashMap<>();
    object(key)
        .ifPresent(
            node ->
                node.properties().stream()
                    .filter(entry -> !entry.getValue().isNull())
                    .forEach(
                        entry ->
                            values
                                .template(place(key).child(entry.getKey()), entry.getValue())
                                .ifPresent(text -> map.put(entry.getKey(), text))));
    return map;
  }

  Optional<ObjectNode> object(ServerKey key) {
    return node(key)
        .filter(node -> values.is(node.isObject(), place(key), node, "an object"))
        .map(ObjectNode.class::cast);
  }

  private Optional<JsonNode> node(ServerKey key) {
    return key.in(server);
  }
}
