package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of a document: where it is and what it declares.
 *
 * @param method in lower case, as in the document
 * @param parameters path and query parameters, the operation's own over those of its path
 */
record Operation(String path, String method, ObjectNode node, List<JsonNode> parameters) {
  static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private static final Set<String> WITH_BODY = Set.of("post", "put", "patch", "delete");

  /** All operations that have an operationId, in the document's order. */
  static List<Operation> allOf(JsonNode document) {
    List<Operation> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())
            && member.getValue() instanceof ObjectNode node
            && !node.path("operationId").asText().isEmpty()) {
          List<JsonNode> parameters = merged(path.getValue(), node);
          found.add(new Operation(path.getKey(), member.getKey(), node, parameters));
        }
      }
    }
    return found;
  }

  /** The first operation of this name, which is the one all versions call. */
  static Optional<Operation> named(String operationId, JsonNode document) {
    return allOf(document).stream().filter(o -> o.id().equals(operationId)).findFirst();
  }

  private static List<JsonNode> merged(JsonNode path, JsonNode operation) {
    Map<String, JsonNode> byNameAndPlace = new LinkedHashMap<>();
    for (JsonNode owner : List.of(path, operation)) {
      if (owner.path("parameters") instanceof ArrayNode declared) {
        for (JsonNode parameter : declared) {
          String key = parameter.path("name").asText() + ' ' + parameter.path("in").asText();
          byNameAndPlace.put(key, parameter);
        }
      }
    }
    byNameAndPlace.values().removeIf(p -> p.path("name").asText().isEmpty());
    return List.copyOf(byNameAndPlace.values());
  }

  String id() {
    return node.path("operationId").asText();
  }

  JsonNode bodySchema() {
    return node.path("requestBody").path("content").path("application/json").path("schema");
  }

  boolean declaresBody() {
    return !node.path("requestBody").path("content").isEmpty();
  }

  boolean takesBody() {
    return WITH_BODY.contains(method);
  }

  /** The URL of a call: the connection's URL, the path, path parameters filled in, the query. */
  String target(String base, ObjectNode arguments) {
    String target = base + path;
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asText();
      if (arguments.has(name)) {
        String value = encoded(arguments.get(name).asText());
        if (parameter.path("in").asText().equals("path")) {
          target = target.replace("{" + name + "}", value);
        } else if (parameter.path("in").asText().equals("query")) {
          query.append(query.isEmpty() ? '?' : '&').append(encoded(name)).append('=').append(value);
        }
      }
    }
    return target + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
