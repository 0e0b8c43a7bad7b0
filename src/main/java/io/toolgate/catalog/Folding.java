package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.catalog.Claims.Claim;
import io.toolgate.catalog.Claims.Trail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folds the claims about one place into its {@link Shape}, following references and {@code allOf}.
 *
 * <p>Invariant: ends, and in time linear in the schema plus what {@link Limits} grants: a schema is
 * entered by reference only so often on one path, and only so many are entered in all.
 */
final class Folding {
  private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

  private final SchemaReferences references;
  private final Limits limits;
  private final ShownNames names;

  Folding(SchemaReferences references, Limits limits, ShownNames names) {
    this.references = references;
    this.limits = limits;
    this.names = names;
  }

  Shape fold(Claims claims) {
    Shape shape = new Shape();
    foldInto(shape, claims);
    return shape;
  }

  void foldInto(Shape shape, Claims claims) {
    Set<JsonNode> entered = Collections.newSetFromMap(new IdentityHashMap<>(2));
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
    for (String keyword : REFERENCES) {
      if (schema.path(keyword).isTextual()) {
        follow(shape, schema.path(keyword).textValue(), trail, entered);
      }
    }
    for (JsonNode part : elements(schema.path("allOf"))) {
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

  private void addOwn(Shape shape, JsonNode schema, Trail trail) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      addKeyword(shape, entry.getKey(), entry.getValue(), trail);
    }
    shape.bounds.add(schema);
    addItems(shape, schema, trail);
  }

  /** A keyword whose value is no value of that keyword is left out, as if it were not there. */
  private void addKeyword(Shape shape, String keyword, JsonNode said, Trail trail) {
    switch (keyword) {
      case "title", "description", "format", "pattern", "contentEncoding", "contentMediaType" -> {
        if (said.isTextual() && !said.textValue().isBlank()) {
          shape.annotations.putIfAbsent(keyword, said);
        }
      }
      case "default" -> shape.annotations.putIfAbsent(keyword, said);
      case "examples" -> addAnnotation(shape, keyword, said, said.isArray());
      case "multipleOf" -> addAnnotation(shape, keyword, said, said.isNumber());
      case "deprecated" -> addAnnotation(shape, keyword, said, said.isBoolean());
      case "nullable" -> shape.nullable |= said.asBoolean(false);
      case "type" -> JsonType.said(said).ifPresent(shape::restrictTypes);
      case "enum" -> addEnum(shape, said);
      case "const" -> shape.restrictValues(Set.of(said));
      case "properties" -> addProperties(shape, said, trail);
      case "required" -> elements(said).forEach(name -> addRequired(shape, name));
      case "additionalProperties" -> addFreeKeys(shape, said, trail);
      case "unevaluatedProperties" -> shape.closed |= said.isBoolean() && !said.booleanValue();
      case "patternProperties" -> addPatterns(shape, said, trail);
      case "anyOf", "oneOf" -> addAlternatives(shape, claims(elements(said), trail));
      default -> {
        // Everything else restricts values in ways that only the argument check can follow.
      }
    }
  }

  private static void addAnnotation(Shape shape, String keyword, JsonNode said, boolean valid) {
    if (valid) {
      shape.annotations.putIfAbsent(keyword, said);
    }
  }

  private static void addEnum(Shape shape, JsonNode values) {
    if (values.isArray() && !values.isEmpty()) {
      shape.restrictValues(new LinkedHashSet<>(elements(values)));
    }
  }

  private void addProperties(Shape shape, JsonNode properties, Trail trail) {
    if (properties.isObject()) {
      shape.lists = true;
      for (Map.Entry<String, JsonNode> entry : properties.properties()) {
        shape.addProperty(names.shown(entry.getKey()), Claims.of(entry.getValue(), trail));
      }
    }
  }

  private void addRequired(Shape shape, JsonNode name) {
    if (name.isTextual()) {
      shape.required.add(names.shown(name.textValue()));
    }
  }

  private static void addFreeKeys(Shape shape, JsonNode further, Trail trail) {
    if (further.isObject() && !further.isEmpty()) {
      shape.freeKeys.add(Claims.of(further, trail));
    }
    boolean no = further.isBoolean() && !further.booleanValue();
    shape.closed |= no;
    shape.open |= !no;
  }

  private static void addPatterns(Shape shape, JsonNode patterns, Trail trail) {
    if (patterns.isObject()) {
      patterns.forEach(value -> shape.freeKeys.add(Claims.of(value, trail)));
    }
  }

  private static void addAlternatives(Shape shape, List<Claims> branches) {
    if (!branches.isEmpty()) {
      shape.alternatives.add(branches);
    }
  }

  private static void addItems(Shape shape, JsonNode schema, Trail trail) {
    List<Claims> tuple = claims(elements(schema.path("prefixItems")), trail);
    JsonNode items = schema.path("items");
    if (items.isArray()) {
      tuple = claims(elements(items), trail);
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

  private static List<JsonNode> elements(JsonNode array) {
    if (!array.isArray()) {
      return List.of();
    }
    List<JsonNode> elements = new ArrayList<>(array.size());
    array.forEach(elements::add);
    return elements;
  }
}
