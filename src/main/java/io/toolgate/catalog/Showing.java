package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what {@link Folding} and {@link Alternatives} found as a schema in the safe profile: every
 * node has either one {@code type} or an {@code anyOf} of nodes that have.
 *
 * <p>Used once, by one thread.
 */
final class Showing {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * What is shown at one place.
   *
   * @param schema null when no value but null is possible there
   * @param nullable null is accepted, which is shown by not requiring the property
   */
  private record Shown(ObjectNode schema, boolean nullable) {}

  private final Folding folding;
  private final Alternatives alternatives;
  private final Limits limits;

  Showing(SchemaReferences references, Limits limits) {
    this.folding = new Folding(references, limits);
    this.alternatives = new Alternatives(folding);
    this.limits = limits;
  }

  /** Shows a schema as an object, whatever it says it is. */
  ObjectNode arguments(JsonNode root) {
    Shape shape = folding.fold(Claims.of(root, Claims.Trail.start(root)));
    shape.types = Optional.of(Set.of(JsonType.OBJECT));
    shape.values = Optional.empty();
    alternatives.settle(shape, true);
    shape.annotations.keySet().retainAll(Set.of("title", "description"));
    ObjectNode properties = NODES.objectNode();
    ObjectNode node = NODES.objectNode().put("type", "object");
    Set<String> required = addProperties(shape, properties, 1);
    if (!shape.freeKeys.isEmpty()) {
      describeFreeKeys(shape);
    }
    annotate(node, shape, shape.text("description").orElse(""));
    return withKeys(node, properties, required);
  }

  private Shown show(Claims claims, String name, int depth) {
    Shape shape = folding.fold(claims);
    return show(shape, name, depth);
  }

  private Shown show(Shape shape, String name, int depth) {
    List<Shape> branches = shape.impossible ? List.of() : alternatives.settle(shape, false);
    boolean nullable = acceptsNull(shape);
    if (shape.impossible) {
      return new Shown(null, nullable);
    }
    if (!branches.isEmpty()) {
      return anyOf(shape, branches, name, depth);
    }
    Optional<Set<JsonType>> known = shape.knownTypes();
    if (known.isEmpty()) {
      shape.remarks.add("Any JSON is accepted.");
      return new Shown(described(typed(JsonType.STRING), shape, name), nullable);
    }
    List<ObjectNode> nodes = new ArrayList<>();
    for (JsonType type : shownTypes(shape, known.get())) {
      nodes.add(ofType(type, shape, depth));
    }
    if (nodes.isEmpty()) {
      return new Shown(null, nullable);
    }
    ObjectNode node = nodes.size() == 1 ? nodes.get(0) : union(nodes);
    return new Shown(described(node, shape, name), nullable);
  }

  private static boolean acceptsNull(Shape shape) {
    boolean byType = shape.types.map(types -> types.contains(JsonType.NULL)).orElse(true);
    boolean byValue =
        shape
            .values
            .map(values -> values.stream().anyMatch(JsonNode::isNull))
            .orElse(shape.types.isPresent());
    return shape.nullable || (byType && byValue);
  }

  private static Set<JsonType> shownTypes(Shape shape, Set<JsonType> known) {
    Set<JsonType> types = EnumSet.copyOf(known);
    types.remove(JsonType.NULL);
    shape.values.ifPresent(
        values -> types.removeIf(type -> values.stream().noneMatch(value -> fits(value, type))));
    return types;
  }

  private static boolean fits(JsonNode value, JsonType type) {
    return JsonType.of(value).isIn(Set.of(type));
  }

  private Shown anyOf(Shape shape, List<Shape> branches, String name, int depth) {
    boolean nullable = acceptsNull(shape);
    Set<ObjectNode> members = new LinkedHashSet<>();
    for (Shape branch : branches) {
      Shown shown = show(branch, "", depth);
      nullable |= shown.nullable();
      if (shown.schema() != null && shown.schema().has("anyOf")) {
        shown.schema().get("anyOf").forEach(member -> members.add((ObjectNode) member));
      } else if (shown.schema() != null) {
        members.add(shown.schema());
      }
    }
    if (members.isEmpty()) {
      return new Shown(null, nullable);
    }
    if (members.size() > 1) {
      return new Shown(described(union(members), shape, name), nullable);
    }
    ObjectNode only = members.iterator().next();
    String words = shape.text("description").or(() -> shape.text("title")).orElse("");
    if (only.has("description") && words.isEmpty()) {
      shape.annotations.put("description", only.get("description"));
    }
    return new Shown(described(only, shape, name), nullable);
  }

  private static ObjectNode union(Iterable<ObjectNode> members) {
    ObjectNode node = NODES.objectNode();
    ArrayNode array = node.putArray("anyOf");
    members.forEach(array::add);
    return node;
  }

  private static ObjectNode typed(JsonType type) {
    return NODES.objectNode().put("type", type.keyword());
  }

  private ObjectNode ofType(JsonType type, Shape shape, int depth) {
    ObjectNode node = typed(type);
    switch (type) {
      case OBJECT -> addObject(node, shape, depth);
      case ARRAY -> addArray(node, shape, depth);
      case STRING -> {
        addEnum(node, type, shape);
        shape.text("format").ifPresent(format -> node.put("format", format));
        addBounds(node, shape, Bounds.Of.LENGTH);
      }
      case NUMBER, INTEGER -> {
        addEnum(node, type, shape);
        shape.text("format").ifPresent(format -> node.put("format", format));
        addBounds(node, shape, Bounds.Of.NUMBER);
        addBounds(node, shape, Bounds.Of.ABOVE_BELOW);
      }
      case BOOLEAN -> addEnum(node, type, shape);
      case NULL -> throw new IllegalStateException("null is never shown as a type");
    }
    return node;
  }

  private static void addEnum(ObjectNode node, JsonType type, Shape shape) {
    shape.values.ifPresent(
        values -> {
          ArrayNode shown = node.putArray("enum");
          values.stream().filter(value -> fits(value, type)).forEach(shown::add);
        });
  }

  private static void addBounds(ObjectNode node, Shape shape, Bounds.Of of) {
    shape.bounds.least(of).ifPresent(bound -> node.set(of.least, bound));
    shape.bounds.most(of).ifPresent(bound -> node.set(of.most, bound));
  }

  private void addObject(ObjectNode node, Shape shape, int depth) {
    ObjectNode properties = NODES.objectNode();
    Set<String> required = Set.of();
    if (limits.allows(depth)) {
      required = addProperties(shape, properties, depth);
      describeFreeKeys(shape);
    } else {
      leaveOutInside(shape);
    }
    withKeys(node, properties, required);
  }

  private static ObjectNode withKeys(ObjectNode node, ObjectNode properties, Set<String> required) {
    node.set("properties", properties);
    if (!required.isEmpty()) {
      required.forEach(node.putArray("required")::add);
    }
    return node;
  }

  /** Returns the names that must be given. */
  private Set<String> addProperties(Shape shape, ObjectNode properties, int depth) {
    if (!shape.closed) {
      // Clients send only declared arguments, so a required one must be declared.
      Claims free = shape.freeKeys.isEmpty() ? Claims.NONE : Claims.oneOf(shape.freeKeys);
      shape.required.forEach(name -> shape.properties.putIfAbsent(name, free));
    }
    Set<String> required = new LinkedHashSet<>();
    shape.properties.forEach(
        (name, claims) -> {
          Shown shown = show(claims, name, depth + 1);
          if (shown.schema() != null) {
            properties.set(name, shown.schema());
            if (shape.required.contains(name) && !shown.nullable()) {
              required.add(name);
            }
          }
        });
    return required;
  }

  private void describeFreeKeys(Shape shape) {
    if (!shape.freeKeys.isEmpty()) {
      shape.remarks.add(
          "Accepts further keys of any name, each with a value of this kind: "
              + kinds(shape.freeKeys, " or ")
              + ".");
    } else if (shape.properties.isEmpty() && !shape.closed) {
      shape.remarks.add("Accepts any keys.");
    }
  }

  private void addArray(ObjectNode node, Shape shape, int depth) {
    addBounds(node, shape, Bounds.Of.ITEMS);
    if (!limits.allows(depth)) {
      leaveOutInside(shape);
      node.set("items", show(Claims.NONE, "", depth).schema());
      return;
    }
    List<Claims> places = new ArrayList<>(shape.tuple);
    if (!places.isEmpty()) {
      shape.remarks.add("Items in this order: " + kinds(places, ", ") + ".");
    }
    shape.items.ifPresent(places::add);
    ObjectNode items = places.isEmpty() ? null : items(places, depth + 1);
    node.set("items", items != null ? items : show(Claims.NONE, "", depth).schema());
  }

  private ObjectNode items(List<Claims> places, int depth) {
    return show(Claims.oneOf(places), "", depth).schema();
  }

  private void leaveOutInside(Shape shape) {
    limits.note("The schema is recursive or very large; its deeper levels are not shown.");
    shape.remarks.add("Its inner structure is not shown here.");
  }

  /** A few words for each: its title, type, or keys. */
  private String kinds(List<Claims> places, String separator) {
    return places.stream().map(this::kind).distinct().collect(Collectors.joining(separator));
  }

  private String kind(Claims claims) {
    Shape shape = folding.fold(claims);
    List<Shape> branches = alternatives.settle(shape, false);
    if (!branches.isEmpty()) {
      return branches.stream().map(Showing::kind).distinct().collect(Collectors.joining(" or "));
    }
    return kind(shape);
  }

  private static String kind(Shape shape) {
    String types =
        shape
            .knownTypes()
            .map(known -> known.stream().map(JsonType::keyword).collect(Collectors.joining(" or ")))
            .orElse("any JSON");
    String keys =
        shape.isObject() && !shape.properties.isEmpty()
            ? " with " + String.join(", ", shape.properties.keySet())
            : "";
    return types + keys + shape.text("title").map(title -> " (" + title + ")").orElse("");
  }

  private static ObjectNode described(ObjectNode node, Shape shape, String name) {
    String own = shape.text("description").or(() -> shape.text("title")).orElse(name);
    annotate(node, shape, own);
    return node;
  }

  private static void annotate(ObjectNode node, Shape shape, String own) {
    shape.text("title").ifPresent(title -> node.put("title", title));
    String words = Wording.of(own, shape);
    if (!words.isBlank()) {
      node.put("description", words);
    }
    JsonNode preset = shape.annotations.get("default");
    if (preset != null && !preset.isNull() && PlainValue.isPlain(preset)) {
      node.set("default", preset);
    }
    JsonNode examples = shape.annotations.get("examples");
    if (examples != null && !examples.isEmpty() && PlainValue.isPlain(examples)) {
      node.set("examples", examples);
    }
  }
}
