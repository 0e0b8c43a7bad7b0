package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about one place of a value after all claims about it are folded together: the
 * conjunction of a schema, the schemas it refers to, and its {@code allOf}.
 *
 * <p>Filled by {@link Folding} and {@link Alternatives}, read by {@link Showing}. Lives only while
 * one place is written; used by one thread.
 */
final class Shape {
  private static final Set<JsonType> NOT_OBJECT =
      Set.of(JsonType.STRING, JsonType.NUMBER, JsonType.BOOLEAN, JsonType.ARRAY);

  /** A {@code false} schema, or claims that contradict each other. */
  boolean impossible;

  /** Null is accepted beside what the types say ({@code nullable: true}). */
  boolean nullable;

  /** Empty when no claim names a type. */
  Optional<Set<JsonType>> types = Optional.empty();

  /** From {@code enum} and {@code const}; empty when any value will do. */
  Optional<Set<JsonNode>> values = Optional.empty();

  /** The first claim's {@code title}, {@code description}, {@code default} and so on. */
  final Map<String, JsonNode> annotations = new LinkedHashMap<>();

  final Bounds bounds = new Bounds();
  final Map<String, Claims> properties = new LinkedHashMap<>();
  final Set<String> required = new LinkedHashSet<>();

  /** What the values of further, free keys look like; empty when nothing is said about them. */
  final List<Claims> freeKeys = new ArrayList<>();

  /** No keys but the declared ones. */
  boolean closed;

  /** Says which properties there are, if only that there are none. */
  boolean lists;

  /** Says that there may be other keys than the declared ones. */
  boolean open;

  Optional<Claims> items = Optional.empty();

  /** The first items of an array, by position. */
  List<Claims> tuple = List.of();

  /** Groups of alternatives; of each group at least one holds. */
  final List<List<Claims>> alternatives = new ArrayList<>();

  /** Sentences that the description must add, because the shown schema cannot say it. */
  final Set<String> remarks = new LinkedHashSet<>();

  void restrictTypes(Set<JsonType> allowed) {
    types = Optional.of(types.map(known -> JsonType.both(known, allowed)).orElse(allowed));
    impossible |= types.get().isEmpty();
  }

  void restrictValues(Set<JsonNode> allowed) {
    Set<JsonNode> kept = new LinkedHashSet<>(allowed);
    values.ifPresent(kept::retainAll);
    values = Optional.of(kept);
    impossible |= kept.isEmpty();
  }

  void addProperty(String name, Claims claims) {
    properties.merge(name, claims, Claims::and);
  }

  Optional<String> text(String annotation) {
    return Optional.ofNullable(annotations.get(annotation))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank());
  }

  boolean hasKeys() {
    return !properties.isEmpty() || !required.isEmpty() || !freeKeys.isEmpty() || closed;
  }

  /** Whether arguments are accepted of which the schema names none. */
  boolean isFreeObject() {
    boolean unsaid = !closed && (!lists || open);
    return !impossible && properties.isEmpty() && (unsaid || !freeKeys.isEmpty());
  }

  boolean hasItems() {
    return items.isPresent() || !tuple.isEmpty();
  }

  /** Only these types can be meant; empty when nothing tells. */
  Optional<Set<JsonType>> knownTypes() {
    return types.or(this::impliedTypes);
  }

  boolean isObject() {
    return knownTypes()
        .map(known -> known.contains(JsonType.OBJECT) && JsonType.both(known, NOT_OBJECT).isEmpty())
        .orElse(false);
  }

  /** Whether a claim says what the value is made of, and not only restricts or explains it. */
  boolean hasStructure() {
    return types.isPresent()
        || values.isPresent()
        || !properties.isEmpty()
        || !freeKeys.isEmpty()
        || hasItems()
        || !alternatives.isEmpty()
        || impliedTypes().filter(implied -> !implied.contains(JsonType.OBJECT)).isPresent();
  }

  private Optional<Set<JsonType>> impliedTypes() {
    if (values.isPresent()) {
      Set<JsonType> found = EnumSet.noneOf(JsonType.class);
      values.get().forEach(value -> found.add(JsonType.of(value)));
      if (found.contains(JsonType.NUMBER)) {
        found.remove(JsonType.INTEGER);
      }
      return Optional.of(found);
    }
    if (hasKeys()) {
      return Optional.of(Set.of(JsonType.OBJECT));
    }
    if (hasItems() || bounded(Bounds.Of.ITEMS)) {
      return Optional.of(Set.of(JsonType.ARRAY));
    }
    if (bounded(Bounds.Of.LENGTH) || text("format").isPresent() || text("pattern").isPresent()) {
      return Optional.of(Set.of(JsonType.STRING));
    }
    if (bounded(Bounds.Of.NUMBER) || bounded(Bounds.Of.ABOVE_BELOW)) {
      return Optional.of(Set.of(JsonType.NUMBER));
    }
    return Optional.empty();
  }

  private boolean bounded(Bounds.Of of) {
    return bounds.least(of).isPresent() || bounds.most(of).isPresent();
  }
}
