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
 * anyOf} of typed schemas) at every node, {@code properties} at every object, {@code items} at
 * every array and a description at every parameter; enum, default, format and range stand in that
 * description as well, because converters drop them. It explains; the tool's own schema stays what
 * arguments are checked against.
 *
 * <p>Total: any JSON value has a shown schema, in time linear in its size.
 *
 * @param json the shown schema
 * @param notes what a reader would miss in it, one sentence each
 */
record SafeSchema(ObjectNode json, List<String> notes) {
  private static final String NOT_SHOWN =
      "The tool's schema could not be shown; the tool works, and its own schema is in the listing.";

  static final SafeSchema NOTHING_SHOWN = new SafeSchema(empty(), List.of(NOT_SHOWN));

  /** Shows a schema; a missing one allows any object. */
  static SafeSchema of(JsonNode schema) {
    try {
      return show(schema);
    } catch (RuntimeException | StackOverflowError unexpected) {
      return NOTHING_SHOWN;
    }
  }

  private static SafeSchema show(JsonNode schema) {
    if (!schema.isObject()) {
      boolean nothingToShow = schema.isMissingNode() || schema.isNull() || schema.isBoolean();
      return nothingToShow ? new SafeSchema(empty(), List.of()) : NOTHING_SHOWN;
    }
    SchemaReferences references = new SchemaReferences(schema);
    for (Limits.Attempt attempt : Limits.ATTEMPTS) {
      Limits limits = new Limits(attempt);
      try {
        ObjectNode shown = new Showing(references, limits).arguments(schema);
        return new SafeSchema(shown, limits.notes());
      } catch (Limits.TooLarge next) {
        continue;
      }
    }
    throw new IllegalStateException("the last attempt always succeeds");
  }

  private static ObjectNode empty() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties");
    return schema;
  }
}
