package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.catalog.Parameters;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds a tool's arguments in the body of a call, which is either the arguments themselves or
 * {@code {"arguments": {...}}}, and names them as the tool does.
 *
 * <p>Threading: immutable; made once per tool.
 */
final class Arguments {
  private static final String WRAPPER = Parameters.ARGUMENTS;

  private final Parameters parameters;
  private final Set<String> known;

  Arguments(Parameters parameters) {
    this.parameters = parameters;
    this.known = PropertyNames.of(parameters.schema(), parameters.schema());
  }

  /**
   * The arguments in a body.
   *
   * @throws ProblemException when a text holds no object, or a property is given twice
   */
  ObjectNode in(ObjectNode body) {
    List<Mistake> mistakes = new ArrayList<>(0);
    ObjectNode named = parameters.names().named(unwrap(body), mistakes);
    if (!mistakes.isEmpty()) {
      throw Refusal.of(mistakes);
    }
    return named;
  }

  /**
   * The wrapper is taken off when {@code arguments} is an object, the tool has no property of that
   * name, and no other key of the body is a property of the tool: keys that mean nothing to the
   * tool (some clients repeat their own beside the wrapper) are left behind with it, but a real
   * argument never is. In doubt the body is the arguments, and the check says what is wrong.
   *
   * <p>Of a tool that is shown a text for all arguments, {@code arguments} is that text too.
   */
  private ObjectNode unwrap(ObjectNode body) {
    JsonNode wrapped = body.get(WRAPPER);
    if (wrapped == null || known.contains(WRAPPER) || parameters.names().replaces(WRAPPER)) {
      return body;
    }
    if (parameters.areText() && !wrapped.isObject()) {
      return withOthers(read(text(wrapped)), body);
    }
    if (!(wrapped instanceof ObjectNode object)) {
      return body;
    }
    for (Iterator<String> keys = body.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (known.contains(key) || parameters.names().replaces(key)) {
        return body;
      }
    }
    return object;
  }

  private static String text(JsonNode wrapped) {
    if (wrapped.isNull()) {
      return "";
    }
    return wrapped.isTextual() ? wrapped.textValue() : wrapped.toString();
  }

  /** Every key can be an argument of such a tool, so those beside the text are too. */
  private static ObjectNode withOthers(ObjectNode arguments, ObjectNode body) {
    List<Mistake> twice = new ArrayList<>(0);
    body.properties()
        .forEach(
            other -> {
              if (!other.getKey().equals(WRAPPER)
                  && arguments.putIfAbsent(other.getKey(), other.getValue()) != null) {
                String place = "/" + other.getKey().replace("~", "~0").replace("/", "~1");
                twice.add(new Mistake(place, "is given in \"arguments\" too; give it once"));
              }
            });
    if (!twice.isEmpty()) {
      throw Refusal.of(twice);
    }
    return arguments;
  }

  private static ObjectNode read(String text) {
    try {
      return RequestBody.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemException noObject) {
      String why = noObject.detail().replace("The request body", "its text");
      throw Refusal.of(
          List.of(
              new Mistake(
                  "/" + WRAPPER, "must be a JSON object, as text or as it is, but " + why)));
    }
  }
}
