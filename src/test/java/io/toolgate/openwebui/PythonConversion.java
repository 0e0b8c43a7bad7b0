package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a document into tools as the backend does. */
final class PythonConversion {
  private final Generation generation;
  private final PythonSchemas schemas;

  PythonConversion(Generation generation) {
    this.generation = generation;
    this.schemas = new PythonSchemas(generation);
  }

  /**
   * The tools, in the document's order.
   *
   * @throws ConnectionFailed when one operation breaks the conversion, which costs all tools
   */
  List<ModelTool> convert(ObjectNode document) {
    if (generation == Generation.OLD) {
      refuseForeignMembers(document);
    }
    List<ModelTool> tools = new ArrayList<>();
    for (Operation operation : Operation.allOf(document)) {
      JsonNode description = operation.node().get("description");
      if (description == null) {
        description = operation.node().get("summary");
      }
      String text =
          description == null
              ? "No description available."
              : description.isNull() ? null : description.asText();
      ObjectNode parameters = parameters(operation, document.path("components"));
      tools.add(new ModelTool(operation.id(), text, parameters));
    }
    return tools;
  }

  /** Everything in a path item was taken for an operation. */
  private static void refuseForeignMembers(ObjectNode document) {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (!member.getValue().isObject()) {
          throw new ConnectionFailed(path.getKey() + ": '" + member.getKey() + "' is no operation");
        }
      }
    }
  }

  private ObjectNode parameters(Operation operation, JsonNode components) {
    ObjectNode parameters = Reply.JSON.createObjectNode().put("type", "object");
    ObjectNode properties = parameters.putObject("properties");
    Set<String> required = new LinkedHashSet<>();
    for (JsonNode parameter : operation.parameters()) {
      properties.set(parameter.path("name").asText(), property(parameter));
      if (parameter.path("required").asBoolean()) {
        required.add(parameter.path("name").asText());
      }
    }
    JsonNode body = schemas.resolved(operation.bodySchema(), components);
    if (body.path("properties") instanceof ObjectNode declared && !declared.isEmpty()) {
      properties.setAll(declared);
      body.path("required").forEach(name -> required.add(name.asText()));
    } else if (body.path("type").asText().equals("array")) {
      parameters = (ObjectNode) body;
    }
    if (parameters != body) {
      ArrayNode names = parameters.putArray("required");
      required.forEach(names::add);
    }
    if (generation == Generation.NEW) {
      PythonSchemas.clean(parameters);
    }
    return parameters;
  }

  private ObjectNode property(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    String description = schema.path("description").asText();
    if (description.isEmpty()) {
      description = parameter.path("description").asText();
    }
    if (!schema.path("enum").isEmpty()) {
      List<String> values = new ArrayList<>();
      schema.path("enum").forEach(value -> values.add(value.asText()));
      description += ". Possible values: " + String.join(", ", values);
    }
    String otherwise = generation == Generation.NEW ? "string" : null;
    ObjectNode property = Reply.JSON.createObjectNode();
    property.put("type", schema.path("type").asText(otherwise));
    property.put("description", description);
    if (schema.path("type").asText().equals("array") && schema.has("items")) {
      property.set("items", schema.get("items"));
    }
    return property;
  }
}
