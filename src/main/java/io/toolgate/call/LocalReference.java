package io.toolgate.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** A {@code $ref} into its own document. */
final class LocalReference {
  private LocalReference() {}

  /** The schema a reference such as {@code #/$defs/a} names; missing for all others. */
  static JsonNode target(JsonNode reference, JsonNode root) {
    String text = reference.asText();
    if (text.equals("#")) {
      return root;
    }
    if (!text.startsWith("#/")) {
      return MissingNode.getInstance();
    }
    try {
      String pointer =
          URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
      return root.at(JsonPointer.compile(pointer));
    } catch (IllegalArgumentException malformed) {
      return MissingNode.getInstance();
    }
  }
}
