package io.toolgate.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows references inside one schema document: JSON Pointers, {@code $anchor}, {@code $id} and
 * the {@code id} of older drafts. Never loads anything: what is not in the document does not exist.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-core#section-8.2">JSON Schema
 *     2020-12, 8.2</a>
 */
final class SchemaReferences {
  private final JsonNode root;
  private final String base;
  private Map<String, JsonNode> named;

  SchemaReferences(JsonNode root) {
    this.root = root;
    this.base = withoutFragment(root.path("$id").asText(root.path("id").asText("")));
  }

  /** The schema a {@code $ref} points to; empty when it is not in this document. */
  Optional<JsonNode> follow(String reference) {
    int hash = reference.indexOf('#');
    String resource = hash < 0 ? reference : reference.substring(0, hash);
    String fragment = hash < 0 ? "" : reference.substring(hash + 1);
    return resource(resource).flatMap(found -> within(found, resource, fragment));
  }

  private Optional<JsonNode> resource(String resource) {
    if (resource.isEmpty() || resource.equals(base)) {
      return Optional.of(root);
    }
    return Optional.ofNullable(named().get(absolute(resource)));
  }

  private Optional<JsonNode> within(JsonNode found, String resource, String fragment) {
    if (fragment.isEmpty()) {
      return Optional.of(found);
    }
    if (fragment.startsWith("/")) {
      return pointed(found, fragment);
    }
    return Optional.ofNullable(named().get(absolute(resource) + "#" + fragment))
        .or(() -> Optional.ofNullable(named().get("#" + fragment)));
  }

  private static Optional<JsonNode> pointed(JsonNode from, String fragment) {
    JsonNode literal = from.at(JsonPointer.compile(fragment));
    if (!literal.isMissingNode() || fragment.indexOf('%') < 0) {
      return Optional.of(literal).filter(node -> !node.isMissingNode());
    }
    try {
      String decoded = URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(from.at(JsonPointer.compile(decoded)))
          .filter(node -> !node.isMissingNode());
    } catch (IllegalArgumentException malformedEscape) {
      return Optional.empty();
    }
  }

  private Map<String, JsonNode> named() {
    if (named == null) {
      named = new HashMap<>();
      index(root);
    }
    return named;
  }

  private void index(JsonNode node) {
    if (node.isObject()) {
      for (String keyword : new String[] {"$id", "id"}) {
        if (node.path(keyword).isTextual()) {
          String id = node.path(keyword).textValue();
          named.putIfAbsent(id.startsWith("#") ? id : absolute(withoutFragment(id)), node);
        }
      }
      for (String keyword : new String[] {"$anchor", "$dynamicAnchor"}) {
        if (node.path(keyword).isTextual()) {
          named.putIfAbsent("#" + node.path(keyword).textValue(), node);
        }
      }
    }
    for (JsonNode child : node) {
      index(child);
    }
  }

  private String absolute(String reference) {
    try {
      return URI.create(base).resolve(reference).toString();
    } catch (IllegalArgumentException notAUri) {
      return reference;
    }
  }

  private static String withoutFragment(String uri) {
    int hash = uri.indexOf('#');
    return hash < 0 ? uri : uri.substring(0, hash);
  }
}
