package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.schema.SchemaKeywords;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds references that lead back to themselves without going into a part of the value, such as
 * {@code {"$ref": "#"}}: judging by them never ends. A recursion through a property or an element
 * is no loop, because the value ends.
 */
final class ReferenceLoop {
  private final JsonNode root;
  private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<JsonNode> waiting = new ArrayDeque<>();

  private ReferenceLoop(JsonNode root) {
    this.root = root;
    waiting.add(root);
  }

  /**
   * @throws UncheckableSchemaException when there is such a loop anywhere in the document
   */
  static void refuse(JsonNode root) {
    ReferenceLoop search = new ReferenceLoop(root);
    while (!search.waiting.isEmpty()) {
      search.visit(search.waiting.poll());
    }
  }

  private void visit(JsonNode schema) {
    if (!schema.isObject() || done.contains(schema)) {
      return;
    }
    if (!open.add(schema)) {
      throw new UncheckableSchemaException("one of its references leads back to itself");
    }
    schema.properties().forEach(entry -> follow(entry.getKey(), entry.getValue()));
    open.remove(schema);
    done.add(schema);
  }

  private void follow(String keyword, JsonNode value) {
    if (keyword.equals("$ref")) {
      visit(LocalReference.target(value, root));
    } else if (SchemaKeywords.holdsSchemas(keyword)) {
      for (JsonNode part : SchemaKeywords.isSingle(keyword, value) ? List.of(value) : value) {
        if (SchemaKeywords.inPlace(keyword)) {
          visit(part);
        } else {
          waiting.add(part);
        }
      }
    }
  }
}
