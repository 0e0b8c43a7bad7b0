package io.toolgate.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Leaves out nulls that the schema refuses and does not require.
 *
 * <p>Works from the errors of a first judgement, at every depth, so calls without nulls, or whose
 * nulls are accepted, cost nothing. Whether a property is required is found by leaving it out: if
 * that is refused too, the null stays, and is what the caller is told about.
 */
final class RefusedNulls {
  private RefusedNulls() {}

  /** A copy without those nulls; the arguments themselves when there are none. */
  static ObjectNode drop(ObjectNode arguments, Judgement judgement, Schema schema) {
    Set<JsonPointer> nulls = new LinkedHashSet<>();
    for (Error error : judgement.getErrors()) {
      JsonPointer pointer = JsonPointer.compile(error.getInstanceLocation().toString());
      if (arguments.at(pointer).isNull() && owner(arguments, pointer) != null) {
        nulls.add(pointer);
      }
    }
    if (nulls.isEmpty()) {
      return arguments;
    }
    ObjectNode without = arguments.deepCopy();
    nulls.forEach(pointer -> owner(without, pointer).remove(name(pointer)));
    for (Error error : Judgement.of(schema, without).getErrors()) {
      if (error.getKeyword().equals("required")) {
        JsonPointer missing =
            JsonPointer.compile(error.getInstanceLocation().toString())
                .appendProperty(error.getProperty());
        if (nulls.contains(missing)) {
          owner(without, missing).putNull(name(missing));
        }
      }
    }
    return without;
  }

  private static ObjectNode owner(ObjectNode arguments, JsonPointer pointer) {
    JsonPointer head = pointer.head();
    JsonNode owner = head == null ? null : arguments.at(head);
    return owner instanceof ObjectNode object ? object : null;
  }

  private static String name(JsonPointer pointer) {
    return pointer.last().getMatchingProperty();
  }
}
