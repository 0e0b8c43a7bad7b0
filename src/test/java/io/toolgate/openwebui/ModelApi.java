package io.toolgate.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the APIs of models check before they take a list of tools; one bad tool costs the whole chat
 * request.
 */
public final class ModelApi {
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
  static final Pattern PROPERTY = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  private ModelApi() {}

  /** Everything that is wrong with this list. */
  public static List<Violation> check(List<ModelTool> tools) {
    List<Violation> found = new ArrayList<>(checkNames(tools));
    tools.forEach(tool -> found.addAll(checkParameters(tool)));
    for (ModelTool tool : tools) {
      if (tool.description() == null || tool.description().isBlank()) {
        found.add(new Violation(tool.name(), "has no description"));
      }
    }
    return found;
  }

  /** Names that do not match the accepted pattern, and names that come twice. */
  public static List<Violation> checkNames(List<ModelTool> tools) {
    List<Violation> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ModelTool tool : tools) {
      if (!NAME.matcher(tool.name()).matches()) {
        found.add(new Violation(tool.name(), "is not a name that model APIs accept"));
      }
      if (!seen.add(tool.name())) {
        found.add(new Violation(tool.name(), "is the name of two tools"));
      }
    }
    return found;
  }

  /** Parameters that are no object schema, and schemas in them that are untyped or refer. */
  public static List<Violation> checkParameters(ModelTool tool) {
    List<Violation> found = new ArrayList<>();
    JsonNode parameters = tool.parameters();
    if (!parameters.path("type").asText().equals("object")
        || !parameters.path("properties").isObject()) {
      found.add(new Violation(tool.name(), "its parameters are no object with properties"));
    }
    for (PlacedSchema schema : PlacedSchema.below(tool.name(), parameters)) {
      problem(schema).forEach(what -> found.add(new Violation(schema.place(), what)));
    }
    return found;
  }

  private static List<String> problem(PlacedSchema schema) {
    JsonNode node = schema.node();
    if (!node.isObject()) {
      return List.of("is " + node + " and not an object");
    }
    List<String> problems = new ArrayList<>();
    if (node.has("$ref")) {
      problems.add("refers to " + node.get("$ref").asText());
    }
    boolean typed = node.path("type").isTextual() || !node.path("type").isEmpty();
    if (!typed && node.path("anyOf").isEmpty()) {
      problems.add("has no type");
    }
    if (schema.isOfType("array") && !node.path("items").isObject()) {
      problems.add("is an array without items");
    }
    SchemaChecks.hasAcceptedNames(schema).ifPresent(problems::add);
    SchemaChecks.enumHoldsTexts(schema).ifPresent(problems::add);
    node.path("required")
        .forEach(
            name -> {
              if (!node.path("properties").has(name.asText())) {
                problems.add("requires '" + name.asText() + "', which it does not declare");
              }
            });
    return problems;
  }
}
