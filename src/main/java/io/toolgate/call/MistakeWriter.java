package io.toolgate.call;

import static io.toolgate.call.Wording.count;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.toolgate.catalog.ShownNames;
import io.toolgate.problem.Mistake;
import io.toolgate.problem.Spelling;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what one error of the validator means, so that a model can repair its call: what the schema
 * expects there, and what kind of value there is instead.
 *
 * <p>Made from the schema's keyword and the value alone; the validator's own messages are never
 * shown.
 */
final class MistakeWriter {
  static final int MAX_DETAIL = 300;

  private final JsonNode root;
  private final ShownNames names;
  private final boolean outOfPatternBudget;

  /**
   * @param root the compiled schema, to look names up in
   * @param names under which the caller sees the properties
   * @param outOfPatternBudget whether patterns that do not match may just not have been tried
   */
  MistakeWriter(JsonNode root, ShownNames names, boolean outOfPatternBudget) {
    this.root = root;
    this.names = names;
    this.outOfPatternBudget = outOfPatternBudget;
  }

  Mistake mistake(Error error) {
    return new Mistake(names.pointer(pointer(error)), Wording.shortened(detail(error), MAX_DETAIL));
  }

  /** A pointer into the arguments as the caller sees them. */
  String seen(String pointer) {
    return names.pointer(pointer);
  }

  /** The pointer an error is shown at: a missing or unwanted part's own, not its owner's. */
  private static String pointer(Error error) {
    String owner = error.getInstanceLocation().toString();
    return switch (error.getKeyword()) {
      case "required", "additionalProperties", "unevaluatedProperties", "propertyNames" ->
          error.getProperty() == null ? owner : owner + '/' + escaped(error.getProperty());
      case "dependentRequired" -> owner + '/' + escaped(String.valueOf(error.getArguments()[0]));
      case "items", "additionalItems", "unevaluatedItems" ->
          error.getIndex() == null ? owner : owner + '/' + error.getIndex();
      default -> owner;
    };
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private String detail(Error error) {
    JsonNode expected = error.getSchemaNode();
    JsonNode value = error.getInstanceNode();
    return switch (error.getKeyword()) {
      case "required" -> "is required";
      case "dependentRequired" ->
          "is required when " + Wording.quoted(names.shown(error.getProperty())) + " is given";
      case "dependencies" ->
          Wording.quoted(names.shown(String.valueOf(error.getProperty())))
              + " needs further properties";
      case "additionalProperties", "unevaluatedProperties" -> unknown(error);
      case "propertyNames" -> "has a name that is not allowed here";
      case "type", "enum", "const" ->
          "must be " + Expectation.of(error) + " but is " + Wording.actual(value) + hint(error);
      case "minimum" -> "must be " + limit("at least ", "more than ", expected, value);
      case "maximum" -> "must be " + limit("at most ", "less than ", expected, value);
      case "exclusiveMinimum" ->
          "must be more than " + number(expected) + " but is " + number(value);
      case "exclusiveMaximum" ->
          "must be less than " + number(expected) + " but is " + number(value);
      case "multipleOf" -> "must be a multiple of " + number(expected) + " but is " + number(value);
      case "minLength" -> "must have at least " + length(expected, value);
      case "maxLength" -> "must have at most " + length(expected, value);
      case "minItems" -> "must have at least " + size(expected, value, "element");
      case "maxItems" -> "must have at most " + size(expected, value, "element");
      case "minProperties" -> "must have at least " + size(expected, value, "property");
      case "maxProperties" -> "must have at most " + size(expected, value, "property");
      case "pattern" -> pattern(expected.asText(), value);
      case "uniqueItems" ->
          "must not have equal elements, but elements %s and %s are"
              .formatted(error.getArguments());
      case "contains", "minContains", "maxContains" ->
          "has too few or too many elements of the kind it must contain";
      case "items", "additionalItems", "unevaluatedItems" -> "is an element too many";
      case "false", "notAllowed" -> "is not allowed here";
      case "not" -> "is a value that is excluded here";
      case "oneOf" -> oneOf(error);
      default -> "does not fit the keyword " + Wording.shortened(error.getKeyword());
    };
  }

  private static String oneOf(Error error) {
    return "oneOf.indexes".equals(error.getMessageKey())
        ? "fits several of the allowed forms at once, but must fit exactly one"
        : "fits none of the allowed forms";
  }

  private static String number(JsonNode value) {
    return Wording.shortened(value.asText());
  }

  /** A limit that is met and yet refused is an exclusive one, as draft 4 writes it. */
  private static String limit(
      String inclusive, String exclusive, JsonNode expected, JsonNode value) {
    boolean met = expected.decimalValue().compareTo(value.decimalValue()) == 0;
    return (met ? exclusive : inclusive) + number(expected) + " but is " + number(value);
  }

  private static String length(JsonNode expected, JsonNode value) {
    String text = value.asText();
    return count(expected.asLong(), "character")
        + " but has "
        + text.codePointCount(0, text.length());
  }

  private static String size(JsonNode expected, JsonNode value, String part) {
    String parts = count(expected.asLong(), part).replace("propertys", "properties");
    return parts + " but has " + value.size();
  }

  private String pattern(String pattern, JsonNode value) {
    String shown = Wording.shortened(pattern, 150);
    return outOfPatternBudget
        ? "could not be matched with the pattern " + shown + " in bounded time; use a simpler value"
        : "must match the pattern " + shown + " but is " + Wording.actual(value);
  }

  /** A value of the right content but in quotes is the commonest mistake of models. */
  private static String hint(Error error) {
    JsonNode value = error.getInstanceNode();
    if (!value.isTextual() || !error.getKeyword().equals("type")) {
      return "";
    }
    String text = value.textValue().strip();
    boolean structure = text.startsWith("{") || text.startsWith("[");
    boolean scalar = text.matches("-?\\d{1,20}(\\.\\d{1,20})?|true|false");
    return structure || scalar ? "; give the value itself, without quotes around it" : "";
  }

  private String unknown(Error error) {
    List<String> known = PropertyNames.of(owner(error), root).stream().map(names::shown).toList();
    String kind = error.getInstanceLocation().getNameCount() == 0 ? "argument" : "property";
    String text = "is not a known " + kind;
    if (known.isEmpty()) {
      return text;
    }
    return text
        + Spelling.nearest(error.getProperty(), known)
            .map(name -> ", did you mean " + Wording.quoted(name) + "?")
            .orElse("")
        + "; known are "
        + Wording.list(known);
  }

  /** The schema whose keyword made the error; missing when it is not in this document. */
  private JsonNode owner(Error error) {
    NodePath path = error.getSchemaLocation().getFragment();
    List<Object> steps = new ArrayList<>();
    for (int i = 0; path != null && i < path.getNameCount() - 1; i++) {
      steps.add(path.getElement(i));
    }
    JsonNode node = root;
    for (Object step : steps) {
      node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
    }
    return node;
  }
}
