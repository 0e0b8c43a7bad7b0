package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keyword {@code uniqueItems}. Our own, because comparing elements as trees is quadratic when a
 * caller picks them to have equal hashes; here they are compared as text, in which equal values are
 * equal (1 and 1.0, and objects whatever the order of their keys). Strings are comparable, so equal
 * hashes cost a hash map little.
 */
final class UniqueElements extends AbstractKeyword {
  UniqueElements() {
    super("uniqueItems");
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
    return new Validator(this, value, location, parent, context);
  }

  private static final class Validator extends BaseKeywordValidator {
    Validator(
        Keyword keyword,
        JsonNode value,
        SchemaLocation location,
        Schema parent,
        SchemaContext context) {
      super(keyword, value, location, parent, context);
    }

    @Override
    public void validate(
        ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
      if (!schemaNode.asBoolean() || !node.isArray()) {
        return;
      }
      Map<String, Integer> seen = new HashMap<>();
      for (int i = 0; i < node.size(); i++) {
        Integer first = seen.putIfAbsent(comparable(node.get(i)), i);
        if (first != null) {
          execution.addError(
              error()
                  .instanceNode(node)
                  .instanceLocation(location)
                  .evaluationPath(execution.getEvaluationPath())
                  .arguments(first, i)
                  .build());
          return;
        }
      }
    }
  }

  private static String comparable(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  private static void write(JsonNode node, StringBuilder text) {
    if (node.isNumber()) {
      text.append(node.decimalValue().stripTrailingZeros());
    } else if (node.isArray()) {
      text.append('[');
      node.forEach(
          element -> {
            write(element, text);
            text.append(',');
          });
      text.append(']');
    } else if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      text.append('{');
      sorted.forEach(
          (key, value) -> {
            string(key, text);
            text.append(':');
            write(value, text);
            text.append(',');
          });
      text.append('}');
    } else if (node.isTextual()) {
      string(node.textValue(), text);
    } else {
      text.append(node.asText());
    }
  }

  private static void string(String value, StringBuilder text) {
    text.append('"').append(value.length()).append(':').append(value);
  }
}
