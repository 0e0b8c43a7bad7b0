package io.toolgate.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The answers of a tool in the documents: its result, and every {@link Problem} a call can end in.
 */
final class Responses {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<Problem> OF_A_CALL =
      EnumSet.complementOf(EnumSet.of(Problem.METHOD_NOT_ALLOWED, Problem.MALFORMED_QUERY));
  private static final Map<Integer, String> TITLES = titles();

  private Responses() {}

  /**
   * The {@code responses} of an operation.
   *
   * @param output null when the tool does not declare what it answers
   */
  static ObjectNode of(SafeSchema output) {
    ObjectNode responses = NODES.objectNode();
    ObjectNode schema =
        output == null
            ? NODES.objectNode().put("$ref", "#/components/schemas/Result")
            : output.json();
    ObjectNode ok = responses.putObject("200").put("description", "What the tool answered");
    ok.putObject("content").putObject("application/json").set("schema", schema);
    for (int status : TITLES.keySet()) {
      responses.putObject("" + status).put("$ref", "#/components/responses/Problem" + status);
    }
    return responses;
  }

  /** The {@code components} of a document. */
  static ObjectNode components() {
    ObjectNode components = NODES.objectNode();
    ObjectNode schemas = components.putObject("schemas");
    schemas.set("Result", result());
    schemas.set("Problem", problem());
    ObjectNode responses = components.putObject("responses");
    TITLES.forEach(
        (status, title) -> {
          ObjectNode response = responses.putObject("Problem" + status);
          response.put("description", title);
          response
              .putObject("content")
              .putObject("application/problem+json")
              .putObject("schema")
              .put("$ref", "#/components/schemas/Problem");
        });
    return components;
  }

  private static Map<Integer, String> titles() {
    Map<Integer, String> titles = new TreeMap<>();
    OF_A_CALL.forEach(
        problem ->
            titles.merge(problem.status(), problem.title(), (first, next) -> first + "; " + next));
    return titles;
  }

  private static ObjectNode result() {
    ObjectNode schema = NODES.objectNode();
    schema.put("title", "Result");
    schema.put(
        "description",
        "The structured content of the answer if there is any; else its text, decoded when it is"
            + " JSON; a list when the answer has several parts. Images and sound are data URIs, of which"
            + " all but a lone picture stand in a list.");
    ArrayNode kinds = schema.putArray("anyOf");
    ObjectNode object = kinds.addObject().put("type", "object");
    object.putObject("properties");
    ObjectNode array = kinds.addObject().put("type", "array");
    array.putObject("items").put("type", "string").put("description", "Any JSON");
    for (String scalar : new String[] {"string", "number", "boolean"}) {
      kinds.addObject().put("type", scalar);
    }
    return schema;
  }

  private static ObjectNode problem() {
    ObjectNode schema = NODES.objectNode().put("title", "Problem");
    schema.put("description", "An error, RFC 9457");
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    text(properties, "type", "Stable name of the kind of error");
    text(properties, "title", "The same for every error of this kind");
    properties.putObject("status").put("type", "integer").put("description", "The HTTP status");
    text(properties, "detail", "What went wrong, and what to do about it");
    text(properties, "instance", "Id of the request");
    text(properties, "server", "The MCP server");
    text(properties, "tool", "The tool");
    ObjectNode errors = properties.putObject("errors").put("type", "array");
    errors.put("description", "The single mistakes in the arguments");
    ObjectNode error = errors.putObject("items").put("type", "object");
    ObjectNode members = error.putObject("properties");
    text(members, "pointer", "JSON Pointer to the place");
    text(members, "detail", "What is wrong there");
    schema.putArray("required").add("type").add("title").add("status");
    return schema;
  }

  private static void text(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }
}
