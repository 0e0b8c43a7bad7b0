package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.catalog.Claims.Claim;
import io.toolgate.catalog.Claims.Trail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Folds the claims about one place into its {@link Shape}, following references and {@code allOf}.
 *
 * <p>Invariant: ends, and in time linear in the schema plus what {@link Limits} grants: a schema is
 * entered by reference only so often on one path, and only so many are entered in all.
 */
final class Folding {
  private static final List<String> ANNOTATIONS =
      List.of(
          "title",
          "description",
          "default",
          "format",
          "examples",
          "pattern",
          "multipleOf",
          "deprecated",
          "contentEncoding",
          "contentMediaType");

  private final SchemaReferences references;
  private final Limits limits;

  Folding(SchemaReferences references, Limits limits) {
    this.references = references;
    this.limits = limits;
  }

  Shape fold(Claims claims) {
    Shape shape = new Shape();
    foldInto(shape, claims);
    return shape;
  }

  void foldInto(Shape shape, Claims claims) {
    Set<JsonNode> entered = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Claim claim : claims.all()) {
      add(shape, claim.schema(), claim.trail(), entered);
    }
    shape.alternatives.addAll(claims.anyOf());
  }

  private void add(Shape shape, JsonNode schema, Trail trail, Set<JsonNode> entered) {
    if (trail.byReference()) {
      limits.countInlined();
    }
    shape.impossible |= schema.isBoolean() && !schema.booleanValue();
    if (!schema.isObject()) {
      return;
    }
    addOwn(shape, schema, trail);
    for (String keyword : new String[] {"$ref", "$dynamicRef", "$recursiveRef"}) {
      if (schema.path(keyword).isTextual()) {
        follow(shape, schema.path(keyword).textValue(), trail, entered);
      }
    }
    for (JsonNode part : elements(schema, "allOf")) {
      add(shape, part, trail, entered);
    }
  }

  private void follow(Shape shape, String reference, Trail trail, Set<JsonNode> entered) {
    JsonNode target = references.follow(reference).orElse(null);
    if (target == null) {
      limits.note("A reference that leads outside of the schema is shown as a free value.");
    } else if (limits.mayEnter(target, trail)) {
      if (entered.add(target)) {
        add(shape, target, trail.entering(target), entered);
      }
    } else {
      cut(shape, target);
    }
  }

  /** Keeps the kind of value, and says that its inside is not shown. */
  private void cut(Shape shape, JsonNode target) {
    Set<JsonType> free = Set.of(JsonType.OBJECT);
    if (target.has("type")) {
      shape.restrictTypes(JsonType.said(target.path("type")).orElse(free));
    } else if (!target.has("anyOf") && !target.has("oneOf")) {
      shape.restrictTypes(free);
    }
    limits.note("The schema is recursive or very large; its deeper levels are not shown.");
    shape.remarks.add("Its inner structure is not shown here.");
  }

  private static void addOwn(Shape shape, JsonNode schema, Trail trail) {
    for (String annotation : ANNOTATIONS) {
      JsonNode said = schema.get(annotation);
      if (said != null && useful(annotation, said)) {
        shape.annotations.putIfAbsent(annotation, said);
      }
    }
    shape.bounds.add(schema);
    shape.nullable |= schema.path("nullable").asBoolean(false);
    JsonType.said(schema.path("type")).ifPresent(shape::restrictTypes);
    addValues(shape, schema);
    addKeys(shape, schema, trail);
    addItems(shape, schema, trail);
    for (String keyword : new String[] {"anyOf", "oneOf"}) {
      List<Claims> branches = claims(elements(schema, keyword), trail);
      if (!branches.isEmpty()) {
        shape.alternatives.add(branches);
      }
    }
  }

  /** Texts must be texts, so that a broken one of a closer claim does not hide a good one. */
  private static boolean useful(String annotation, JsonNode said) {
    return switch (annotation) {
      case "default" -> true;
      case "examples" -> said.isArray();
      case "multipleOf" -> said.isNumber();
      case "deprecated" -> said.isBoolean();
      default -> said.isTextual() && !said.textValue().isBlank();
    };
  }

  private static void addValues(Shape shape, JsonNode schema) {
    JsonNode values = schema.path("enum");
    if (values.isArray() && !values.isEmpty()) {
      Set<JsonNode> allowed = new LinkedHashSet<>();
      values.forEach(allowed::add);
      shape.restrictValues(allowed);
    }
    if (schema.has("const")) {
      shape.restrictValues(Set.of(schema.get("const")));
    }
  }

  private static void addKeys(Shape shape, JsonNode schema, Trail trail) {
    JsonNode properties = schema.path("properties");
    if (properties.isObject()) {
      properties
          .properties()
          .forEach(entry -> shape.addProperty(entry.getKey(), Claims.of(entry.getValue(), trail)));
    }
    for (JsonNode name : elements(schema, "required")) {
      if (name.isTextual()) {
        shape.required.add(name.textValue());
      }
    }
    JsonNode further = schema.path("additionalProperties");
    if (further.isObject() && !further.isEmpty()) {
      shape.freeKeys.add(Claims.of(further, trail));
    }
    shape.closed |= further.isBoolean() && !further.booleanValue();
    JsonNode patterns = schema.path("patternProperties");
    if (patterns.isObject()) {
      patterns.forEach(value -> shape.freeKeys.add(Claims.of(value, trail)));
    }
  }

  private static void addItems(Shape shape, JsonNode schema, Trail trail) {
    List<Claims> tuple = claims(elements(schema, "prefixItems"), trail);
    JsonNode items = schema.path("items");
    if (items.isArray()) {
      tuple = claims(elements(schema, "items"), trail);
      items = schema.path("additionalItems");
    }
    if (shape.tuple.isEmpty()) {
      shape.tuple = tuple;
    }
    if (items.isObject() || items.isBoolean()) {
      Claims more = Claims.of(items, trail);
      shape.items = Optional.of(shape.items.map(known -> known.and(more)).orElse(more));
    }
  }

  private static List<Claims> claims(List<JsonNode> schemas, Trail trail) {
    return schemas.stream().map(schema -> Claims.of(schema, trail)).toList();
  }

  private static List<JsonNode> elements(JsonNode schema, String keyword) {
    JsonNode array = schema.path(keyword);
    List<JsonNode> elements = new ArrayList<>(array.size());
    if (array.isArray()) {
      array.forEach(elements::add);
    }
    return elements;
  }
}
