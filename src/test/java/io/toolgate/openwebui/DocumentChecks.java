package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The checks behind {@link DocumentRule} that concern paths and operations. */
final class DocumentChecks {
  private DocumentChecks() {}

  /** A check of each path item; it gets the path and the item and says what is wrong. */
  static Function<JsonNode, List<Violation>> eachPathItem(
      BiFunction<String, JsonNode, Optional<String>> check) {
    return document -> {
      List<Violation> found = new ArrayList<>();
      for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
        check
            .apply(path.getKey(), path.getValue())
            .ifPresent(what -> found.add(new Violation(path.getKey(), what)));
      }
      return found;
    };
  }

  /** A check of each operation; it gets the method and the operation. */
  static Function<JsonNode, List<Violation>> eachOperation(
      BiFunction<String, JsonNode, Optional<String>> check) {
    return document -> {
      List<Violation> found = new ArrayList<>();
      for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
        for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
          if (Operation.METHODS.contains(member.getKey())) {
            String place = member.getKey() + ' ' + path.getKey();
            check
                .apply(member.getKey(), member.getValue())
                .ifPresent(what -> found.add(new Violation(place, what)));
          }
        }
      }
      return found;
    };
  }

  /** A check of the schema of each JSON request body. */
  static Function<JsonNode, List<Violation>> eachBody(
      Function<PlacedSchema, Optional<String>> check) {
    return document -> checked(document, check, false);
  }

  /** A check of the schema of each JSON request body, and of every schema in it. */
  static Function<JsonNode, List<Violation>> eachSchema(
      Function<PlacedSchema, Optional<String>> check) {
    return document -> checked(document, check, true);
  }

  private static List<Violation> checked(
      JsonNode document, Function<PlacedSchema, Optional<String>> check, boolean all) {
    List<Violation> found = new ArrayList<>();
    for (Operation operation : Operation.allOf(document)) {
      if (!operation.bodySchema().isMissingNode()) {
        List<PlacedSchema> schemas = PlacedSchema.below(operation.id(), operation.bodySchema());
        for (PlacedSchema schema : all ? schemas : schemas.subList(0, 1)) {
          check.apply(schema).ifPresent(what -> found.add(new Violation(schema.place(), what)));
        }
      }
    }
    return found;
  }

  static List<Violation> paths(JsonNode document) {
    boolean present = document.isObject() && document.path("paths").isObject();
    return present ? List.of() : List.of(new Violation("/paths", "is not an object"));
  }

  static List<Violation> components(JsonNode document) {
    boolean present = document.path("components").isObject();
    return present ? List.of() : List.of(new Violation("/components", "is not an object"));
  }

  static List<Violation> uniqueIds(JsonNode document) {
    Set<String> seen = new HashSet<>();
    return Operation.allOf(document).stream()
        .filter(operation -> !seen.add(operation.id()))
        .map(operation -> new Violation(operation.path(), "repeats " + operation.id()))
        .toList();
  }

  static Optional<String> onlyOperations(String path, JsonNode item) {
    return item.properties().stream()
        .filter(m -> !Operation.METHODS.contains(m.getKey()) || !m.getValue().isObject())
        .map(m -> "holds '" + m.getKey() + "', which is no operation")
        .findFirst();
  }

  static Optional<String> noDotSegment(String path, JsonNode item) {
    String literal = path.replace("+", "%2B");
    boolean dots =
        Arrays.stream(literal.split("/"))
            .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
            .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    return problem(dots, "has a segment of dots");
  }

  static Optional<String> isPost(String method, JsonNode operation) {
    return problem(!method.equals("post"), "is not a POST");
  }

  static Optional<String> hasId(String method, JsonNode operation) {
    return problem(operation.path("operationId").asText().isEmpty(), "has no operationId");
  }

  static Optional<String> idIsAccepted(String method, JsonNode operation) {
    String id = operation.path("operationId").asText();
    return problem(!ModelApi.NAME.matcher(id).matches(), "'" + id + "' is refused by model APIs");
  }

  static Optional<String> hasDescription(String method, JsonNode operation) {
    JsonNode text = operation.path(operation.has("description") ? "description" : "summary");
    return problem(text.asText().isBlank() || text.isNull(), "has no description");
  }

  static Optional<String> bodyIsJson(String method, JsonNode operation) {
    JsonNode json = operation.path("requestBody").path("content").path("application/json");
    boolean declares = operation.has("requestBody");
    return problem(declares && !json.path("schema").isObject(), "has a body that is not JSON");
  }

  static Optional<String> problem(boolean broken, String what) {
    return broken ? Optional.of(what) : Optional.empty();
  }
}
