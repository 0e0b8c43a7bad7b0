package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes out what became stricter because something below it was left out.
 *
 * <p>A schema without one of its keywords accepts more. Most keywords that hold such a schema then
 * accept more too. {@code not}, {@code if}, {@code oneOf} and a capped {@code contains} accept
 * less, so they do not judge; a {@code oneOf} still asks for one of its schemas or more. The same
 * holds for {@code unevaluatedProperties} and {@code unevaluatedItems} where a keyword is gone that
 * says what is known.
 *
 * <p>Invariant: a schema that is left accepts all that the original would without its mistakes.
 *
 * <p>Used once, by one thread. The work is proportional to the size of the schema.
 */
final class Loosening {
  private static final List<String> UNEVALUATED =
      List.of("unevaluatedProperties", "unevaluatedItems");
  private static final String WHY = " (something below it does not count)";

  /** Where a schema is used: the keyword of another that holds it or refers to it. */
  private record Use(ObjectNode by, String keyword, String place) {}

  private final Map<ObjectNode, List<Use>> uses = new IdentityHashMap<>();
  private final Set<ObjectNode> loosened = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<ObjectNode> forgetful = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Consumer<String> left;

  /**
   * @param left gets the places of what is taken out
   */
  Loosening(Consumer<String> left) {
    this.left = left;
  }

  /** A schema accepts more than it was written to accept. */
  void add(ObjectNode schema) {
    loosened.add(schema);
  }

  /** A schema says less about which properties and items are known. */
  void addForgetful(ObjectNode schema) {
    add(schema);
    forgetful.add(schema);
  }

  void spread(ObjectNode root) {
    if (loosened.isEmpty()) {
      return;
    }
    collect(root, root, "");
    spread(loosened, this::loosen);
    spread(forgetful, use -> SchemaKeywords.inPlace(use.keyword));
    forgetful.forEach(schema -> schema.remove(UNEVALUATED));
  }

  private interface Step {
    /** Whether the schema that uses is touched in turn. */
    boolean touches(Use use);
  }

  private void spread(Set<ObjectNode> touched, Step step) {
    Deque<ObjectNode> next = new ArrayDeque<>(touched);
    while (!next.isEmpty()) {
      for (Use use : uses.getOrDefault(next.pop(), List.of())) {
        if (step.touches(use) && touched.add(use.by)) {
          next.push(use.by);
        }
      }
    }
  }

  private boolean loosen(Use use) {
    ObjectNode by = use.by;
    switch (use.keyword) {
      case "not" -> takeOut(by, use, "not");
      case "if" -> takeOut(by, use, "if", "then", "else");
      case "contains" -> {
        if (by.has("maxContains")) {
          takeOut(by, use, "contains", "minContains", "maxContains");
        }
      }
      case "oneOf" -> {
        JsonNode branches = by.get("oneOf");
        takeOut(by, use, "oneOf");
        if (branches != null && !by.has("anyOf")) {
          by.set("anyOf", branches);
        }
      }
      default -> {
        // Accepts more where its schema accepts more.
      }
    }
    return true;
  }

  private void takeOut(ObjectNode schema, Use use, String... keywords) {
    if (schema.has(keywords[0])) {
      schema.remove(List.of(keywords));
      left.accept(use.place + WHY);
      forgetful.add(schema);
    }
  }

  private void collect(ObjectNode schema, ObjectNode root, String place) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String name = keyword.getKey();
      String inner = place + "/" + name;
      JsonNode value = keyword.getValue();
      if (name.endsWith("Ref") || name.equals("$ref")) {
        refer(schema, root, value.asText(), inner);
      } else if (SchemaKeywords.isSingle(name, value)) {
        hold(schema, root, value, name, inner, inner);
      } else if (value instanceof ArrayNode list && SchemaKeywords.holdsSchemas(name)) {
        for (int i = 0; i < list.size(); i++) {
          hold(schema, root, list.get(i), name, inner, inner + "/" + i);
        }
      } else if (SchemaKeywords.MAPS.contains(name)) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          String at = inner + "/" + SchemaReading.escaped(member.getKey());
          hold(schema, root, member.getValue(), name, inner, at);
        }
      }
    }
  }

  private void hold(
      ObjectNode by, ObjectNode root, JsonNode held, String keyword, String place, String inner) {
    if (held instanceof ObjectNode schema) {
      if (SchemaKeywords.inPlace(keyword) || SchemaKeywords.intoParts(keyword)) {
        use(schema, new Use(by, keyword, place));
      }
      collect(schema, root, inner);
    }
  }

  /** What cannot be found may be what was left out. */
  private void refer(ObjectNode by, ObjectNode root, String reference, String place) {
    if (target(root, reference) instanceof ObjectNode schema) {
      use(schema, new Use(by, "$ref", place));
    } else {
      loosened.add(by);
    }
  }

  private static JsonNode target(ObjectNode root, String reference) {
    try {
      return reference.startsWith("#")
          ? root.at(URLDecoder.decode(reference.substring(1), StandardCharsets.UTF_8))
          : null;
    } catch (IllegalArgumentException noPointer) {
      return null;
    }
  }

  private void use(ObjectNode schema, Use use) {
    uses.computeIfAbsent(schema, first -> new ArrayList<>(1)).add(use);
  }
}
