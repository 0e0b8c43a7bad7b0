package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * Finds a tool's arguments in the body of a call, which is either the arguments themselves or
 * {@code {"arguments": {...}}}.
 */
public final class Arguments {
  private static final String WRAPPER = "arguments";

  private Arguments() {}

  /**
   * The arguments in a body.
   *
   * <p>The wrapper is taken off when {@code arguments} is an object, the tool has no property of
   * that name, and no other key of the body is a property of the tool: keys that mean nothing to
   * the tool (some clients repeat their own beside the wrapper) are left behind with it, but a real
   * argument never is. In doubt the body is the arguments, and the check says what is wrong.
   */
  public static ObjectNode unwrap(ObjectNode body, JsonNode inputSchema) {
    if (!(body.get(WRAPPER) instanceof ObjectNode wrapped)) {
      return body;
    }
    Set<String> known = PropertyNames.of(inputSchema, inputSchema);
    if (known.contains(WRAPPER)) {
      return body;
    }
    for (Iterator<String> keys = body.fieldNames(); keys.hasNext(); ) {
      if (known.contains(keys.next())) {
        return body;
      }
    }
    return wrapped;
  }
}
