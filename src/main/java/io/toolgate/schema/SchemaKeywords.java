package io.toolgate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * Which keywords of JSON Schema hold further schemas, and how, over all drafts; everything that
 * walks a schema or a path through one asks here. Values of other keywords ({@code enum}, {@code
 * default}, ...) look like schemas at times and are none.
 */
public final class SchemaKeywords {
  /** Hold an object whose values are schemas. */
  public static final Set<String> MAPS =
      Set.of(
          "properties",
          "patternProperties",
          "$defs",
          "definitions",
          "dependentSchemas",
          "dependencies");

  /** Hold an array of schemas. */
  public static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

  /** Hold one schema; {@code items} holds an array of them in older drafts. */
  public static final Set<String> SINGLE =
      Set.of(
          "items",
          "additionalItems",
          "contains",
          "additionalProperties",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "not",
          "if",
          "then",
          "else");

  /** Those of all these that judge the parts of a value, and not the value itself. */
  private static final Set<String> INTO_PARTS =
      Set.of(
          "properties",
          "patternProperties",
          "additionalProperties",
          "unevaluatedProperties",
          "items",
          "prefixItems",
          "additionalItems",
          "contains",
          "unevaluatedItems",
          "propertyNames");

  private static final Set<String> STORES = Set.of("$defs", "definitions");

  /** Keywords that name a schema, and so change what a local reference is relative to. */
  public static final List<String> IDS = List.of("$id", "id");

  private SchemaKeywords() {}

  public static boolean holdsSchemas(String keyword) {
    return MAPS.contains(keyword) || LISTS.contains(keyword) || SINGLE.contains(keyword);
  }

  /** Whether a keyword's value is itself a schema. */
  public static boolean isSingle(String keyword, JsonNode value) {
    return SINGLE.contains(keyword) && !value.isArray();
  }

  /** Whether a keyword's schemas judge the parts of a value. */
  public static boolean intoParts(String keyword) {
    return INTO_PARTS.contains(keyword);
  }

  /** Whether a keyword's schemas judge the value itself. */
  public static boolean inPlace(String keyword) {
    return !INTO_PARTS.contains(keyword) && !STORES.contains(keyword);
  }
}
