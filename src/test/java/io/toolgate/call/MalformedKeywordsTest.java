package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.catalog.Documents;
import io.toolgate.catalog.Listing;
import io.toolgate.catalog.Prefix;
import io.toolgate.catalog.Served;
import io.toolgate.schema.MeantSchema;
import io.toolgate.upstream.McpTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every keyword with every kind of value that it cannot have: it does not count, to the argument
 * check and to the document alike; the other keywords beside it still do.
 */
class MalformedKeywordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What each keyword can be, by the kind of JSON; what is not here must not count. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          of("text", "$ref $id id $anchor $comment $schema title description format pattern"),
          of("text", "contentEncoding contentMediaType $dynamicRef $dynamicAnchor $recursiveRef"),
          of("boolean", "uniqueItems nullable deprecated readOnly writeOnly $recursiveAnchor"),
          of("number", "minimum maximum multipleOf minLength maxLength minItems maxItems"),
          of("number", "minProperties maxProperties minContains maxContains"),
          of("number boolean", "exclusiveMinimum exclusiveMaximum"),
          of("array", "enum examples"),
          of("array boolean", "required"),
          of("text array", "type"),
          of("object", "properties patternProperties $defs definitions dependentSchemas"),
          of("object", "dependencies dependentRequired"),
          of("array", "allOf anyOf oneOf prefixItems"),
          of("object boolean", "not if then else contains additionalProperties propertyNames"),
          of("object boolean", "unevaluatedItems unevaluatedProperties additionalItems"),
          of("object boolean array", "items"));

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "null", List.of("null"),
          "boolean", List.of("true", "false"),
          "number", List.of("0", "7", "-1", "2.5"),
          "text", List.of("\"\"", "\"x\"", "\"7\"", "\"true\""),
          "array", List.of("[]", "[7]", "[\"x\"]", "[null]", "[[]]"),
          "object", List.of("{}", "{\"x\":7}"));

  private static Map.Entry<String, String> of(String kinds, String keywords) {
    return Map.entry(keywords, kinds);
  }

  /** A keyword, and a value that is of none of its kinds. */
  record Malformed(String keyword, String value) {}

  static Stream<Malformed> malformed() {
    List<Malformed> all = new ArrayList<>();
    KINDS.forEach(
        (keywords, kinds) -> {
          for (String keyword : keywords.split(" ")) {
            VALUES.forEach(
                (kind, values) -> {
                  if (!List.of(kinds.split(" ")).contains(kind)) {
                    values.forEach(value -> all.add(new Malformed(keyword, value)));
                  }
                });
          }
        });
    for (String wrong :
        List.of(
            "enum []",
            "multipleOf 0",
            "multipleOf -2",
            "minLength -1",
            "maxLength -1",
            "maxLength 2.5",
            "maxItems -3",
            "type []",
            "type \"foo\"",
            "type [\"string\",\"foo\"]",
            "type [7]",
            "anyOf []",
            "oneOf []",
            "anyOf [null]",
            "oneOf [{},7]",
            "anyOf [\"string\"]",
            "minimum 1e999",
            "maximum -1e999")) {
      String[] parts = wrong.split(" ", 2);
      all.add(new Malformed(parts[0], parts[1]));
    }
    return all.stream();
  }

  @Test
  void aMalformedKeywordOfAPropertyDoesNotCount() throws Exception {
    int tried = 0;
    for (Malformed one : malformed().toList()) {
      for (String type : List.of("string", "array", "object", "number")) {
        tried++;
        JsonNode schema =
            JSON.readTree(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"%s\":%s%s}},\"required\":[\"a\"]}"
                    .formatted(
                        one.keyword,
                        one.value,
                        one.keyword.equals("type") ? "" : ",\"type\":\"" + type + "\""));
        ArgumentCheck check = ArgumentCheck.compile(schema);

        String which = one + " beside " + type;
        assertEquals("", check.note().orElse(""), which);
        Sample.passes(check, "{'a':" + valueOf(type) + "}");
        assertEquals("/a is required", Sample.mistake(check, "{}"), which);
        if (!one.keyword.equals("type")) {
          Sample.mistakes(check, "{'a':true}");
          assertEquals(type, document(schema).at("/properties/a/type").asText(), which);
        }
      }
    }
    assertTrue(tried > 1_500, "" + tried);
  }

  private static String valueOf(String type) {
    return switch (type) {
      case "string" -> "'v'";
      case "array" -> "['v',7]";
      case "object" -> "{'k':'v'}";
      default -> "3";
    };
  }

  @Test
  void aMalformedKeywordOfTheWholeDoesNotCount() throws Exception {
    for (Malformed one : malformed().toList()) {
      if (one.keyword.equals("properties")) {
        continue;
      }
      JsonNode schema =
          JSON.readTree(
              "{\"%s\":%s,\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":5}}}"
                  .formatted(one.keyword, one.value));
      ArgumentCheck check = ArgumentCheck.compile(schema);

      assertEquals("", check.note().orElse(""), one.toString());
      Sample.passes(check, "{'a':5,'b':1}");
      Sample.passes(check, "{}");
      assertEquals("/a must be at most 5 but is 6", Sample.mistake(check, "{'a':6}"));
      assertEquals("integer", document(schema).at("/properties/a/type").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatDoesNotCountIsNamedByItsPlace(Malformed one) throws Exception {
    JsonNode schema =
        JSON.readTree("{\"properties\":{\"a/b\":{\"%s\":%s}}}".formatted(one.keyword, one.value));
    String before = schema.toString();

    MeantSchema meant = MeantSchema.of(schema);

    assertEquals(List.of("/properties/a~1b/" + one.keyword), meant.left());
    assertEquals(before, schema.toString());
    assertEquals(List.of(), MeantSchema.of(meant.json()).left());
    assertFalse(meant.json().at("/properties/a~1b").has(one.keyword));
  }

  private static JsonNode document(JsonNode inputSchema) throws Exception {
    ObjectNode tool = JSON.createObjectNode().put("name", "t").set("inputSchema", inputSchema);
    Catalog catalog =
        Catalog.EMPTY.next(List.of(new Listing("s", "s", "", List.of(new McpTool(tool)))));
    return JSON.readTree(
            Served.bytes(
                new Documents("1", false, false)
                    .overall(catalog, server -> name -> true, Prefix.NONE),
                Kind.JSON))
        .at("/paths/~1s~1t/post/requestBody/content/application~1json/schema");
  }
}
