package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the blocks of a result's {@code content}.
 *
 * <p>Invariant: a block that is not of a form known here is handed over as it is, so nothing in it
 * is lost; one that is loses nothing but what clients need not see (annotations, {@code _meta}, the
 * address of an embedded text).
 */
final class ContentBlocks {
  private static final Set<String> ABOUT_A_BLOCK = Set.of("type", "annotations", "_meta");

  private ContentBlocks() {}

  /** The blocks, of a content in whatever form; nulls are none, what is no list is the only one. */
  static List<JsonNode> of(JsonNode content) {
    List<JsonNode> blocks = new ArrayList<>(Math.max(1, content.size()));
    if (content.isArray()) {
      content.forEach(blocks::add);
    } else if (!content.isMissingNode()) {
      blocks.add(content);
    }
    blocks.removeIf(JsonNode::isNull);
    return blocks;
  }

  /** Whether a block is plain text. */
  static boolean isText(JsonNode block) {
    return text(block).isPresent();
  }

  /** Whether a block is plain text without a visible character. */
  static boolean isBlank(JsonNode block) {
    return text(block).filter(String::isBlank).isPresent();
  }

  /** The plain text that a block is, not decoded. */
  static Optional<String> text(JsonNode block) {
    if (block.isTextual()) {
      return Optional.of(block.textValue());
    }
    if (!block.path("type").asText().equals("text")) {
      return Optional.empty();
    }
    JsonNode text = block.path("text");
    boolean nothing = text.isMissingNode() || text.isNull();
    if (nothing && ownMembers(block) == (text.isNull() ? 1 : 0)) {
      return Optional.of("");
    }
    return Optional.ofNullable(text.textValue());
  }

  /** Adds what a block says: one item, or two where a resource has both a text and a blob. */
  static void read(JsonNode block, List<JsonNode> items) {
    Optional<String> text = text(block);
    if (text.isPresent()) {
      items.add(block.isTextual() ? block : DecodedText.of(text.get()));
      return;
    }
    switch (block.path("type").asText()) {
      case "text" -> items.add(block.hasNonNull("text") ? block.get("text") : block);
      case "image", "audio" ->
          items.add(
              DataUri.of(mimeType(block), block.path("data"))
                  .map(JsonNode.class::cast)
                  .orElse(block));
      case "resource" -> readResource(block, items);
      case "resource_link" -> items.add(block.size() == 1 ? block : withoutType(block));
      default -> items.add(block);
    }
  }

  private static void readResource(JsonNode block, List<JsonNode> items) {
    JsonNode resource = block.path("resource");
    if (resource.isMissingNode() || resource.isNull()) {
      items.add(block);
      return;
    }
    JsonNode text = resource.path("text");
    Optional<TextNode> blob = DataUri.of(mimeType(resource), resource.path("blob"));
    boolean unread =
        resource.hasNonNull("text") && !text.isTextual()
            || resource.hasNonNull("blob") && blob.isEmpty() && !isEmptyText(resource.get("blob"));
    if (unread || !text.isTextual() && blob.isEmpty()) {
      items.add(resource);
      return;
    }
    if (text.isTextual()) {
      items.add(text);
    }
    blob.ifPresent(items::add);
  }

  private static JsonNode mimeType(JsonNode owner) {
    return owner.hasNonNull("mimeType") ? owner.get("mimeType") : owner.path("mime_type");
  }

  private static boolean isEmptyText(JsonNode value) {
    return value.isTextual() && value.textValue().isBlank();
  }

  private static long ownMembers(JsonNode block) {
    return block.properties().stream()
        .filter(member -> !ABOUT_A_BLOCK.contains(member.getKey()))
        .count();
  }

  private static JsonNode withoutType(JsonNode block) {
    ObjectNode copy = ((ObjectNode) block).deepCopy();
    copy.remove("type");
    return copy;
  }
}
