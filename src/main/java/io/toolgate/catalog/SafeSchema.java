package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A tool's schema as clients with simple converters understand it, Open WebUI's old and new ones
 * among them.
 *
 * <p>The shown schema is an object without references, finite, with one {@code type} (or an {@code
 * anyOf} of typed schemas) at every node, {@code properties} at every object and {@code items} at
 * every array; an {@code enum} holds texts with characters in them, and names are such that model
 * providers take them. Enum, default, format and range stand in descriptions as well, because
 * converters drop them. It explains; the tool's own schema stays what arguments are checked
 * against.
 *
 * <p>Total: any JSON value has a shown schema, in time linear in its size.
 *
 * @param json the shown schema
 * @param notes what a reader would miss in it, one sentence each
 * @param names under which its properties stand
 * @param text whether the arguments are shown as one text, because the schema says nothing of them
 */
record SafeSchema(ObjectNode json, List<String> notes, ShownNames names, boolean text) {
  private static final String NOT_SHOWN =
      "The tool's schema could not be shown; the tool works, and its own schema is in the listing.";

  static final SafeSchema NOTHING_SHOWN =
      new SafeSchema(anything("").json(), List.of(NOT_SHOWN), ShownNames.NONE, true);

  /** Shows a tool's {@code inputSchema}; a missing one allows any object. */
  static SafeSchema of(JsonNode schema) {
    try {
      return schema.isObject() ? show(schema, ShownNames.of(schema), true) : showNoObject(schema);
    } catch (RuntimeException | StackOverflowError unexpected) {
      return NOTHING_SHOWN;
    }
  }

  /**
   * Shows a tool's {@code outputSchema}: under its own names, because nobody names answers back.
   */
  static SafeSchema ofOutput(JsonNode schema) {
    try {
      return show(schema, ShownNames.NONE, false);
    } catch (RuntimeException | StackOverflowError unexpected) {
      return new SafeSchema(empty(), List.of(NOT_SHOWN), ShownNames.NONE, false);
    }
  }

  private static SafeSchema show(JsonNode schema, ShownNames names, boolean arguments) {
    SchemaReferences references = new SchemaReferences(schema);
    for (Limits.Attempt attempt : Limits.ATTEMPTS) {
      Limits limits = new Limits(attempt);
      try {
        Showing showing = new Showing(references, limits, names);
        ObjectNode shown = showing.arguments(schema);
        if (arguments && showing.isFree()) {
          return anything(shown.path("description").asText());
        }
        return new SafeSchema(shown, limits.notes(), names.placed(shown), false);
      } catch (Limits.TooLarge next) {
        continue;
      }
    }
    throw new IllegalStateException("the last attempt always succeeds");
  }

  private static SafeSchema showNoObject(JsonNode schema) {
    if (schema.isBoolean() && !schema.booleanValue()) {
      return new SafeSchema(empty(), List.of(), ShownNames.NONE, false);
    }
    boolean silent = schema.isMissingNode() || schema.isNull() || schema.isBoolean();
    return silent ? anything("") : NOTHING_SHOWN;
  }

  /**
   * One text for all arguments: an object without properties would come to models as a tool that
   * takes nothing, or be refused by their provider.
   *
   * @param words what the schema says of the arguments; may be empty
   */
  private static SafeSchema anything(String words) {
    ObjectNode schema = empty();
    ((ObjectNode) schema.get("properties"))
        .putObject(Parameters.ARGUMENTS)
        .put("type", "string")
        .put(
            "description",
            "The arguments of the tool: a JSON object, written as text."
                + (words.isBlank() ? "" : " " + words));
    schema.putArray("required").add(Parameters.ARGUMENTS);
    return new SafeSchema(schema, List.of(), ShownNames.NONE, true);
  }

  private static ObjectNode empty() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties");
    return schema;
  }
}
