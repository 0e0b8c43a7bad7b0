package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
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
  private final Kinds kinds;
  private final Limits limits;
  private final ShownNames names;
  private boolean free;

  Showing(SchemaReferences references, Limits limits, ShownNames names) {
    this.names = names;
    this.folding = new Folding(references, limits, names);
    this.alternatives = new Alternatives(folding);
    this.kinds = new Kinds(folding, alternatives);
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
    free = shape.isFreeObject();
    if (!shape.freeKeys.isEmpty()) {
      describeFreeKeys(shape);
    }
    SafeNodes.annotate(node, shape, shape.text("description").orElse(""));
    return SafeNodes.withKeys(node, properties, required);
  }

  /** Whether the tool takes arguments of which its schema names none. */
  boolean isFree() {
    return free;
  }

  private Shown show(Claims claims, String name, int depth) {
    Shape shape = folding.fold(claims);
    names
        .own(name)
        .ifPresent(own -> shape.remarks.add("The tool's own name for it is " + own + "."));
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
      return new Shown(
          SafeNodes.described(SafeNodes.typed(JsonType.STRING), shape, name), nullable);
    }
    List<ObjectNode> nodes = new ArrayList<>();
    for (JsonType type : shownTypes(shape, known.get())) {
      nodes.add(ofType(type, shape, depth));
    }
    if (nodes.isEmpty()) {
      return new Shown(null, nullable);
    }
    ObjectNode node = nodes.size() == 1 ? nodes.get(0) : SafeNodes.union(nodes);
    return new Shown(SafeNodes.described(node, shape, name), nullable);
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
        values ->
            types.removeIf(
                type -> values.stream().noneMatch(value -> SafeNodes.fits(value, type))));
    return types;
  }

  private Shown anyOf(Shape shape, List<Shape> branches, String name, int depth) {
    boolean nullable = acceptsNull(shape);
    Set<ObjectNode> members = new LinkedHashSet<>();
    for (Shape branch : branches) {
      Shown shown = show(branch, "", depth);
      nullable |= shown.nullable();
      if (shown.schema() != null) {
        members.addAll(SafeNodes.flat(shown.schema()));
      }
    }
    if (members.isEmpty()) {
      return new Shown(null, nullable);
    }
    if (members.size() > 1) {
      return new Shown(SafeNodes.described(SafeNodes.union(members), shape, name), nullable);
    }
    ObjectNode only = members.iterator().next();
    String words = shape.text("description").or(() -> shape.text("title")).orElse("");
    if (only.has("description") && words.isEmpty()) {
      shape.annotations.put("description", only.get("description"));
    }
    return new Shown(SafeNodes.described(only, shape, name), nullable);
  }

  private ObjectNode ofType(JsonType type, Shape shape, int depth) {
    ObjectNode node = SafeNodes.typed(type);
    switch (type) {
      case OBJECT -> addObject(node, shape, depth);
      case ARRAY -> addArray(node, shape, depth);
      case STRING -> {
        SafeNodes.addEnum(node, shape);
        shape.text("format").ifPresent(format -> node.put("format", format));
        SafeNodes.addBounds(node, shape, Bounds.Of.LENGTH);
      }
      case NUMBER, INTEGER -> {
        shape.text("format").ifPresent(format -> node.put("format", format));
        SafeNodes.addBounds(node, shape, Bounds.Of.NUMBER);
        SafeNodes.addBounds(node, shape, Bounds.Of.ABOVE_BELOW);
      }
      case BOOLEAN -> {
        // Its values go into words: providers take enums of texts only.
      }
      case NULL -> throw new IllegalStateException("null is never shown as a type");
    }
    return node;
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
    SafeNodes.withKeys(node, properties, required);
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
              + kinds.of(shape.freeKeys).distinct().collect(Collectors.joining(" or "))
              + ".");
    } else if (shape.properties.isEmpty() && !shape.closed) {
      shape.remarks.add("Accepts any keys.");
    }
  }

  private void addArray(ObjectNode node, Shape shape, int depth) {
    SafeNodes.addBounds(node, shape, Bounds.Of.ITEMS);
    if (!limits.allows(depth)) {
      leaveOutInside(shape);
      node.set("items", show(Claims.NONE, "", depth).schema());
      return;
    }
    List<Claims> places = new ArrayList<>(shape.tuple);
    if (!places.isEmpty()) {
      shape.remarks.add(
          "Items in this order: " + kinds.of(places).collect(Collectors.joining(", ")) + ".");
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
}
