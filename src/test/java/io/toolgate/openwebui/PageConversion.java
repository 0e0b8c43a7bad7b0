package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a document into tools as the page does.
 *
 * <p>Of each schema it keeps the type, the description and what it walks; enumerations, defaults,
 * formats and ranges are lost, and a schema without a type is empty unless it combines others.
 */
final class PageConversion {
  private static final int DEEPEST = 450;
  private static final List<String> COMBINING = List.of("oneOf", "anyOf", "allOf");

  private final JsonNode schemas;

  private PageConversion(JsonNode schemas) {
    this.schemas = schemas;
  }

  static List<ModelTool> convert(ObjectNode document) {
    PageConversion conversion = new PageConversion(document.path("components").path("schemas"));
    List<ModelTool> tools = new ArrayList<>();
    for (Operation operation : Operation.allOf(document)) {
      String description = operation.node().path("description").asText();
      if (description.isEmpty()) {
        description = operation.node().path("summary").asText();
      }
      if (description.isEmpty()) {
        description = "No description available.";
      }
      tools.add(new ModelTool(operation.id(), description, conversion.parameters(operation)));
    }
    return tools;
  }

  private ObjectNode parameters(Operation operation) {
    ObjectNode parameters = Reply.JSON.createObjectNode().put("type", "object");
    ObjectNode properties = parameters.putObject("properties");
    Set<String> required = new LinkedHashSet<>();
    for (JsonNode parameter : operation.parameters()) {
      JsonNode schema = parameter.path("schema");
      ObjectNode property = properties.putObject(parameter.path("name").asText());
      if (schema.has("type")) {
        property.set("type", schema.get("type"));
      }
      property.set("description", parameter.path("description"));
      if (parameter.path("required").asBoolean()) {
        required.add(parameter.path("name").asText());
      }
    }
    ObjectNode body = resolved(operation.bodySchema(), new HashSet<>(), 0);
    if (body.path("properties") instanceof ObjectNode declared) {
      properties.setAll(declared);
      body.path("required").forEach(name -> required.add(name.asText()));
    } else if (body.path("type").asText().equals("array")) {
      return body;
    }
    ArrayNode names = parameters.putArray("required");
    required.forEach(names::add);
    return parameters;
  }

  private ObjectNode resolved(JsonNode schema, Set<String> seen, int depth) {
    if (depth > DEEPEST) {
      throw new ConnectionFailed("a circular $ref: the conversion never ends");
    }
    ObjectNode kept = Reply.JSON.createObjectNode();
    if (schema.has("$ref")) {
      String ref = schema.get("$ref").asText();
      String name = ref.substring(ref.lastIndexOf('/') + 1);
      if (schemas.isMissingNode()) {
        throw new ConnectionFailed("a $ref, but the document has no components");
      }
      return seen.add(name) ? resolved(schemas.path(name), seen, depth + 1) : kept;
    }
    if (schema.has("type")) {
      kept.set("type", schema.get("type"));
      walk(schema, kept, depth);
    }
    boolean combines = false;
    for (String keyword : COMBINING) {
      if (schema.path(keyword) instanceof ArrayNode members) {
        ArrayNode alternatives = kept.putArray(keyword);
        members.forEach(member -> alternatives.add(resolved(member, seen, depth + 1)));
        combines = true;
      }
    }
    boolean described = !schema.path("description").asText().isEmpty();
    if (described && (combines || schema.has("type"))) {
      kept.set("description", schema.get("description"));
    }
    return kept;
  }

  private void walk(JsonNode schema, ObjectNode kept, int depth) {
    if (schema.path("type").asText().equals("object")) {
      ObjectNode properties = kept.putObject("properties");
      JsonNode required = schema.path("required");
      kept.set("required", required.isArray() ? required : Reply.JSON.createArrayNode());
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        JsonNode value = resolved(property.getValue(), new HashSet<>(), depth + 1);
        properties.set(property.getKey(), value);
      }
    } else if (schema.path("type").asText().equals("array")) {
      kept.set("items", resolved(schema.path("items"), new HashSet<>(), depth + 1));
    }
  }
}
