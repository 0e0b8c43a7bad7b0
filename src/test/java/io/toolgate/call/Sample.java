package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes JSON with single quotes, and asks a check for its verdict. */
final class Sample {
  private Sample() {}

  static ObjectNode json(String text) {
    return RequestBody.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode value(String text) {
    return json("{'value':" + text + "}").get("value");
  }

  static ArgumentCheck check(String schema) {
    ArgumentCheck check = ArgumentCheck.compile(json(schema));
    assertEquals("", check.note().orElse(""), "the schema cannot be checked");
    return check;
  }

  /** The check of a tool whose only argument, {@code a}, has a schema. */
  static ArgumentCheck checkOfA(String schema) {
    return check("{'type':'object','properties':{'a':" + schema + "}}");
  }

  static ProblemException refusal(ArgumentCheck check, String arguments) {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> check.check(json(arguments)));
    assertEquals(Problem.INVALID_ARGUMENTS, refusal.problem());
    return refusal;
  }

  static List<Mistake> mistakes(ArgumentCheck check, String arguments) {
    return refusal(check, arguments).mistakes();
  }

  /** The only mistake, as its pointer, a space and its detail. */
  static String mistake(ArgumentCheck check, String arguments) {
    List<Mistake> mistakes = mistakes(check, arguments);
    assertEquals(1, mistakes.size(), mistakes::toString);
    return mistakes.get(0).pointer() + ' ' + mistakes.get(0).detail();
  }

  static void passes(ArgumentCheck check, String arguments) {
    ObjectNode given = json(arguments);
    assertEquals(given, check.check(given));
  }
}
