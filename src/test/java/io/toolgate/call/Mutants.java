package io.toolgate.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes arguments in one place at a time, so that most of them break their schema: without a key,
 * with an unknown one, with a value of another kind, outside its range or list, too short or long.
 * Makes no nulls, which a check may drop, and no whole numbers with a fraction, on which validators
 * differ.
 */
public final class Mutants {
  private final ObjectNode original;
  private final List<ObjectNode> mutants = new ArrayList<>();

  private Mutants(ObjectNode original) {
    this.original = original;
  }

  public static List<ObjectNode> of(ObjectNode original, JsonNode schema) {
    Mutants mutants = new Mutants(original);
    mutants.change(JsonPointer.empty(), original);
    schema
        .path("properties")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!original.has(name)) {
                mutants.replaceByAll(JsonPointer.empty().appendProperty(name));
              }
            });
    return mutants.mutants;
  }

  private void change(JsonPointer at, JsonNode value) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry -> {
                JsonPointer part = at.appendProperty(entry.getKey());
                ((ObjectNode) copy().at(at)).remove(entry.getKey());
                replaceByAll(part);
                change(part, entry.getValue());
              });
      ((ObjectNode) copy().at(at)).put("noSuchKey", "x");
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        replaceByAll(at.appendIndex(i));
        change(at.appendIndex(i), value.get(i));
      }
      ((ArrayNode) copy().at(at)).removeAll();
      ArrayNode longer = (ArrayNode) copy().at(at);
      for (int i = 0; i < 300 && !value.isEmpty(); i++) {
        longer.add(value.get(0));
      }
    }
  }

  private void replaceByAll(JsonPointer at) {
    for (String json :
        List.of(
            "'~'",
            "''",
            "'5'",
            "'" + "x".repeat(300) + "'",
            "-7",
            "0",
            "9000000000000",
            "0.25",
            "true",
            "{}",
            "{'x':1}",
            "[]",
            "[{'x':1}]",
            "['~']",
            "[1]")) {
      JsonNode value = Sample.value(json);
      if (copy().at(at.head()) instanceof ArrayNode array) {
        array.set(at.last().getMatchingIndex(), value);
      } else {
        ((ObjectNode) mutants.get(mutants.size() - 1).at(at.head()))
            .set(at.last().getMatchingProperty(), value);
      }
    }
  }

  private ObjectNode copy() {
    ObjectNode copy = original.deepCopy();
    mutants.add(copy);
    return copy;
  }
}
