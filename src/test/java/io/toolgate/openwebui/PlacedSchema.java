package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A schema or sub-schema of a tool's parameters, with its place.
 *
 * @param heard the descriptions from the root down to this schema, which is what a model has read
 *     when it comes here
 */
record PlacedSchema(String place, JsonNode node, String heard) {
  private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");

  /** The schema and all schemas below it, the outer ones first. */
  static List<PlacedSchema> below(String place, JsonNode root) {
    List<PlacedSchema> found = new ArrayList<>();
    collect(place, root, "", found);
    return found;
  }

  private static void collect(String place, JsonNode node, String heard, List<PlacedSchema> found) {
    String all = heard + ' ' + node.path("description").asText();
    found.add(new PlacedSchema(place, node, all));
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      String inner = place + "/properties/" + property.getKey();
      collect(inner, property.getValue(), all, found);
    }
    if (node.has("items")) {
      collect(place + "/items", node.get("items"), all, found);
    }
    for (String keyword : LISTS) {
      for (int i = 0; i < node.path(keyword).size(); i++) {
        collect(place + '/' + keyword + '/' + i, node.get(keyword).get(i), all, found);
      }
    }
  }

  boolean isOfType(String type) {
    return node.path("type").asText().equals(type);
  }
}
