package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One walk over a copy of a schema, out of which it takes what does not count.
 *
 * <p>Used once, by one thread.
 */
final class SchemaReading {
  /** Deeper than any schema that a reader here takes. */
  private static final int MAX_DEPTH = 250;

  /** Left out, they change nothing of what a schema accepts. */
  private static final Set<String> SAY_NOTHING =
      Set.of(
          ("$schema $id id $anchor $dynamicAnchor $recursiveAnchor $comment $vocabulary title"
                  + " description examples format contentEncoding contentMediaType contentSchema"
                  + " nullable deprecated readOnly writeOnly $defs definitions")
              .split(" "));

  /** Without the first, the second would refuse what the first is there to allow. */
  private static final Map<String, String> RELIED_ON =
      Map.of(
          "properties", "additionalProperties",
          "patternProperties", "additionalProperties",
          "prefixItems", "items",
          "minContains", "contains");

  private final List<String> left = new ArrayList<>();
  private final Loosening loosening = new Loosening(this::leave);
  private boolean changed;

  /** Whether the copy differs from the original, also where only a type is named otherwise. */
  boolean hasChanged() {
    return changed;
  }

  /** The places of what does not count, some with the reason. */
  List<String> left() {
    return List.copyOf(left);
  }

  void whole(ObjectNode schema) {
    schema(schema, "", OwnValues.NONE, 0);
    loosening.spread(schema);
  }

  private void schema(JsonNode node, String place, OwnValues around, int depth) {
    if (!(node instanceof ObjectNode schema) || depth > MAX_DEPTH) {
      return;
    }
    keepForms(schema, place);
    meantType(schema, place);
    OwnValues own = around.with(schema);
    if (schema.has("pattern")) {
      String pattern = schema.get("pattern").textValue();
      if (!EcmaPattern.of(pattern).isUsable()) {
        loosening.add(schema);
      }
      own.doubts(pattern)
          .ifPresent(
              why -> {
                schema.remove("pattern");
                loosening.add(schema);
                leave(place + "/pattern (" + why + ")");
              });
    }
    for (Map.Entry<String, JsonNode> keyword : List.copyOf(schema.properties())) {
      parts(
          schema,
          keyword.getKey(),
          keyword.getValue(),
          place + "/" + escaped(keyword.getKey()),
          own,
          depth);
    }
  }

  private void keepForms(ObjectNode schema, String place) {
    for (Map.Entry<String, JsonNode> keyword : List.copyOf(schema.properties())) {
      String name = keyword.getKey();
      if (!KeywordForms.fits(name, keyword.getValue())) {
        schema.remove(name);
        leave(place + "/" + escaped(name));
        loosen(schema, name);
      }
    }
  }

  private void loosen(ObjectNode schema, String without) {
    if (RELIED_ON.containsKey(without)) {
      schema.remove(RELIED_ON.get(without));
    }
    if (SchemaKeywords.holdsSchemas(without) || without.equals("$ref")) {
      loosening.addForgetful(schema);
    } else if (!SAY_NOTHING.contains(without)) {
      loosening.add(schema);
    }
  }

  /**
   * The values of an {@code enum} are nearer to what is meant than a type that none of them has.
   */
  private void meantType(ObjectNode schema, String place) {
    if (!schema.has("type")) {
      return;
    }
    JsonNode meant = TypeNames.meant(schema.get("type")).orElseThrow();
    if (!meant.equals(schema.get("type"))) {
      changed = true;
      if (meant.isMissingNode()) {
        schema.remove("type");
        return;
      }
      schema.set("type", meant);
    }
    if (schema.has("enum") && !fitsAny(schema.get("enum"), meant)) {
      schema.remove("type");
      loosening.add(schema);
      leave(place + "/type (is the type of none of the values)");
    }
  }

  private static boolean fitsAny(JsonNode values, JsonNode type) {
    for (JsonNode value : values) {
      for (JsonNode name : type.isArray() ? type : List.of(type)) {
        if (isOfType(value, name.textValue())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.canConvertToExactIntegral();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> value.isNull();
    };
  }

  private void parts(
      ObjectNode schema, String keyword, JsonNode value, String place, OwnValues own, int depth) {
    if (keyword.equals("required")) {
      keepTexts(schema, value, place);
    } else if (keyword.equals("dependentRequired")) {
      names(schema, value, place);
    } else if (SchemaKeywords.MAPS.contains(keyword)) {
      if (keyword.equals("patternProperties")) {
        keepPatterns(schema, value, place);
      }
      OwnValues inside = keyword.equals("properties") ? own : OwnValues.NONE;
      schemas(schema, keyword, value, place, inside, depth);
    } else if (SchemaKeywords.LISTS.contains(keyword)
        || value.isArray() && keyword.equals("items")) {
      list(schema, keyword, (ArrayNode) value, place, own, depth);
    } else if (SchemaKeywords.SINGLE.contains(keyword)) {
      schema(value, place, keyword.equals("items") ? own.ofItems() : OwnValues.NONE, depth + 1);
    }
  }

  /** Names of which nobody knows which they are; the keys that they allow must not be refused. */
  private void keepPatterns(ObjectNode owner, JsonNode map, String place) {
    for (Map.Entry<String, JsonNode> entry : List.copyOf(map.properties())) {
      String name = entry.getKey();
      Optional<String> why =
          EcmaPattern.of(name).isUsable()
              ? ForeignPattern.reason(name)
              : Optional.of("cannot be applied");
      if (why.isPresent()) {
        ((ObjectNode) map).remove(name);
        leave(place + "/" + escaped(name) + " (" + why.get() + ")");
        loosen(owner, "patternProperties");
      }
    }
  }

  /** A member that is no schema says nothing of its name but that it is there. */
  private void schemas(
      ObjectNode owner, String keyword, JsonNode map, String place, OwnValues own, int depth) {
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      String inner = place + "/" + escaped(member.getKey());
      if (keyword.equals("dependencies") && member.getValue().isArray()) {
        keepTexts(owner, member.getValue(), inner);
      } else if (KeywordForms.isSchema(member.getValue())) {
        schema(member.getValue(), inner, own.of(member.getKey()), depth + 1);
      } else {
        ObjectNode free = owner.objectNode();
        member.setValue(free);
        loosening.add(free);
        leave(inner);
      }
    }
  }

  private void names(ObjectNode owner, JsonNode map, String place) {
    map.properties()
        .removeIf(
            member -> {
              String inner = place + "/" + escaped(member.getKey());
              if (member.getValue().isArray()) {
                keepTexts(owner, member.getValue(), inner);
                return false;
              }
              loosening.add(owner);
              leave(inner);
              return true;
            });
  }

  /**
   * Of schemas that all hold the others still hold; of schemas by position each keeps its place.
   */
  private void list(
      ObjectNode owner, String keyword, ArrayNode list, String place, OwnValues own, int depth) {
    OwnValues same = keyword.equals("allOf") ? own : OwnValues.NONE;
    List<JsonNode> kept = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (KeywordForms.isSchema(list.get(i))) {
        schema(list.get(i), place + "/" + i, same, depth + 1);
        kept.add(list.get(i));
      } else {
        leave(place + "/" + i);
        loosening.addForgetful(owner);
        if (!keyword.equals("allOf")) {
          kept.add(list.objectNode());
        }
      }
    }
    list.removeAll().addAll(kept);
    if (list.isEmpty() && !keyword.equals("items")) {
      owner.remove(keyword);
      changed = true;
    }
  }

  private void keepTexts(ObjectNode owner, JsonNode names, String place) {
    int at = 0;
    for (Iterator<JsonNode> all = names.elements(); all.hasNext(); at++) {
      if (!all.next().isTextual()) {
        all.remove();
        loosening.add(owner);
        leave(place + "/" + at);
      }
    }
  }

  private void leave(String place) {
    changed = true;
    left.add(place);
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
