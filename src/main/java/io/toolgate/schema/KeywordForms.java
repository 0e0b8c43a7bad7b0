package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which values the keywords of JSON Schema may have, over drafts 4 to 2020-12, and OpenAPI's {@code
 * nullable} and {@code example}; older forms of a keyword (a boolean {@code exclusiveMinimum} or
 * {@code required}) are forms too. Elements and members are judged one by one by {@link
 * SchemaReading}.
 */
final class KeywordForms {
  private static final Map<String, Predicate<JsonNode>> FORMS = new HashMap<>();

  static {
    of(
        JsonNode::isTextual,
        "$schema $id id $ref $anchor $dynamicRef $dynamicAnchor $recursiveRef $comment title"
            + " description format pattern contentEncoding contentMediaType");
    of(JsonNode::isBoolean, "$recursiveAnchor uniqueItems nullable deprecated readOnly writeOnly");
    of(KeywordForms::isNumber, "minimum maximum");
    of(value -> isNumber(value) || value.isBoolean(), "exclusiveMinimum exclusiveMaximum");
    of(value -> isNumber(value) && value.decimalValue().signum() > 0, "multipleOf");
    of(
        KeywordForms::isCount,
        "minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains");
    of(JsonNode::isArray, "examples");
    of(value -> value.isArray() && !value.isEmpty(), "enum");
    of(value -> value.isArray() || value.isBoolean(), "required");
    of(value -> TypeNames.meant(value).isPresent(), "type");
    of(KeywordForms::isSchema, String.join(" ", SchemaKeywords.SINGLE) + " contentSchema");
    of(value -> isSchema(value) || value.isArray(), "items");
    of(
        JsonNode::isObject,
        String.join(" ", SchemaKeywords.MAPS) + " dependentRequired $vocabulary");
    of(JsonNode::isArray, String.join(" ", SchemaKeywords.LISTS));
    of(KeywordForms::areSchemas, "anyOf oneOf");
  }

  private KeywordForms() {}

  private static void of(Predicate<JsonNode> form, String keywords) {
    for (String keyword : keywords.split(" ")) {
      FORMS.put(keyword, form);
    }
  }

  /** Whether a value is one that the keyword can have; true for a keyword that is not known. */
  static boolean fits(String keyword, JsonNode value) {
    Predicate<JsonNode> form = FORMS.get(keyword);
    return form == null || form.test(value);
  }

  static boolean isSchema(JsonNode value) {
    return value.isObject() || value.isBoolean();
  }

  /** Which of alternatives an unreadable one is nobody knows, so then none counts. */
  private static boolean areSchemas(JsonNode value) {
    boolean all = value.isArray() && !value.isEmpty();
    for (JsonNode element : value) {
      all &= isSchema(element);
    }
    return all;
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.doubleValue());
  }

  private static boolean isCount(JsonNode value) {
    return isNumber(value)
        && value.decimalValue().signum() >= 0
        && value.decimalValue().stripTrailingZeros().scale() <= 0;
  }
}
