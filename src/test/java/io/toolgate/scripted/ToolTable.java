package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The tools as they are listed, and what each does.
 *
 * <p>A list beside a map, because what is listed may be no tool at all, or one name twice.
 *
 * <p>Threading: any thread; tools come and go while others list them.
 */
final class ToolTable {
  private final List<JsonNode> listed = new CopyOnWriteArrayList<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

  /** Adds a tool with a short description; {@code schema} as {@link #takes} makes it. */
  void add(String name, ObjectNode schema, Behaviour behaviour) {
    ObjectNode description = Json.object().put("name", name).put("description", "Tool " + name);
    add(description.set("inputSchema", schema), behaviour);
  }

  /** Adds an entry as it is. */
  void add(JsonNode description, Behaviour behaviour) {
    listed.add(description);
    behaviours.put(description.path("name").asText(), behaviour);
  }

  void remove(String name) {
    listed.removeIf(tool -> tool.path("name").asText().equals(name));
    behaviours.remove(name);
  }

  List<JsonNode> listed() {
    return listed;
  }

  Optional<Behaviour> behaviour(String name) {
    return Optional.ofNullable(behaviours.get(name));
  }

  /**
   * The schema of an object.
   *
   * @param properties {@code name:type}, or {@code name:type?} for an optional one
   */
  static ObjectNode takes(String... properties) {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode all = schema.putObject("properties");
    for (String property : properties) {
      String[] parts = property.split("[:?]");
      all.putObject(parts[0]).put("type", parts[1]);
      if (!property.endsWith("?")) {
        schema.withArray("required").add(parts[0]);
      }
    }
    return schema;
  }
}
