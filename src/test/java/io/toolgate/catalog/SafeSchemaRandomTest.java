package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a server sends as a schema, valid or not, what is shown obeys the safe profile. */
class SafeSchemaRandomTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> SCHEMAS =
      List.of("items", "additionalProperties", "not", "if", "contains", "additionalItems");
  private static final List<String> MAPS =
      List.of("properties", "$defs", "definitions", "patternProperties");
  private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
  private static final List<String> VALUES =
      List.of(
          "default",
          "const",
          "minimum",
          "exclusiveMaximum",
          "maxLength",
          "format",
          "title",
          "description",
          "type",
          "nullable",
          "examples",
          "pattern",
          "multipleOf",
          "required");
  private static final List<String> NAMES = List.of("a", "b", "c d", "");
  private static final List<String> TYPES =
      List.of("string", "number", "integer", "boolean", "object", "array", "null", "odd");
  private static final List<String> TARGETS =
      List.of("#", "#/$defs/a", "#/definitions/b", "#/properties/a", "#/allOf/0", "#x", "else");

  @Test
  void everySchemaIsShownInTheSafeProfile() {
    for (int seed = 0; seed < 20_000; seed++) {
      JsonNode schema = schema(new Random(seed), 4);

      SafeSchema shown = SafeSchema.of(schema);

      SafeProfile.check(shown.json(), "seed " + seed);
      assertTrue(
          shown.notes().stream().noneMatch(note -> note.contains("could not"))
              || !schema.isObject(),
          () -> "not shown: " + schema);
    }
  }

  private static JsonNode schema(Random random, int depth) {
    if (depth == 0 || random.nextInt(12) == 0) {
      return value(random, 1);
    }
    ObjectNode schema = NODES.objectNode();
    if (random.nextBoolean()) {
      schema.put("type", any(random, TYPES));
    }
    for (int keywords = random.nextInt(4); keywords > 0; keywords--) {
      switch (random.nextInt(6)) {
        case 0 -> schema.set(any(random, SCHEMAS), schema(random, depth - 1));
        case 1 -> {
          ObjectNode map = schema.putObject(any(random, MAPS));
          NAMES.forEach(name -> map.set(name, schema(random, depth - 1)));
        }
        case 2 -> {
          ArrayNode list = schema.putArray(any(random, LISTS));
          for (int i = random.nextInt(4); i > 0; i--) {
            list.add(schema(random, depth - 1));
          }
        }
        case 3 -> schema.put("$ref", any(random, TARGETS));
        case 4 -> schema.putArray("enum").add(value(random, 1)).add(value(random, 1));
        default -> schema.set(any(random, VALUES), value(random, 2));
      }
    }
    return schema;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> NODES.textNode(any(random, NAMES));
      case 1 -> NODES.textNode(any(random, TYPES));
      case 2 -> NODES.numberNode(random.nextInt(5));
      case 3 -> NODES.numberNode(random.nextInt(5) / 2.0);
      case 4 -> NODES.booleanNode(random.nextBoolean());
      case 5 -> NODES.nullNode();
      case 6 -> NODES.arrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
      default -> NODES.objectNode().set(any(random, NAMES), value(random, depth - 1));
    };
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
