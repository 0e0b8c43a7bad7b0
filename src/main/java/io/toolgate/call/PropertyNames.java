package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The properties a schema declares for one object, in the order of the schema. */
final class PropertyNames {
  private final JsonNode root;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private PropertyNames(JsonNode root) {
    this.root = root;
  }

  /**
   * The names in a schema's {@code properties}, and in those of the schemas that speak of the same
   * object ({@code allOf}, {@code anyOf}, {@code oneOf}, {@code then}, {@code else}, a local {@code
   * $ref}).
   *
   * @param root the document that local references point into
   */
  static Set<String> of(JsonNode schema, JsonNode root) {
    PropertyNames collected = new PropertyNames(root);
    collected.collect(schema);
    return collected.names;
  }

  private void collect(JsonNode schema) {
    if (!schema.isObject() || !seen.add(schema)) {
      return;
    }
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(keyword).forEach(this::collect);
    }
    for (String keyword : List.of("then", "else")) {
      collect(schema.path(keyword));
    }
    if (schema.has("$ref")) {
      collect(LocalReference.target(schema.get("$ref"), root));
    }
  }
}
