package io.toolgate.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code MCP_API_KEYS}, and collects what is wrong with it without showing a key. */
final class KeyListReader {
  private static final String NAME = "MCP_API_KEYS";
  private static final Set<String> FIELDS = Set.of("name", "key", "groups", "actForUsers");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final SecretReader secrets;
  private final List<String> mistakes;

  KeyListReader(SecretReader secrets, List<String> mistakes) {
    this.secrets = secrets;
    this.mistakes = mistakes;
  }

  /** One entry of the list. */
  record Entry(String name, String key, Optional<Set<String>> groups, boolean actForUsers) {
    @Override
    public String toString() {
      return "Entry[" + name + "]";
    }
  }

  List<Entry> read(String text) {
    JsonNode list;
    try {
      list = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      mistakes.add(
          "%s is not JSON, at line %d column %d."
              .formatted(NAME, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
      return List.of();
    }
    if (!list.isArray() || list.isEmpty()) { // no key at all would let everybody in
      mistakes.add(NAME + " must be a JSON list of objects with name and key.");
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      entry("%s[%d]".formatted(NAME, i), list.get(i)).ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<Entry> entry(String place, JsonNode node) {
    int before = mistakes.size();
    if (!node.isObject()) {
      mistakes.add(place + " must be an object with name and key.");
      return Optional.empty();
    }
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                mistakes.add(
                    "%s has an unknown field; known are name, key, groups and actForUsers."
                        .formatted(place));
              }
            });
    String name = text(place + ".name", node.get("name"));
    String key = text(place + ".key", node.get("key"));
    if (key != null) {
      secrets.isKey(place + ".key", key);
    }
    Optional<Set<String>> groups = groups(place + ".groups", node.get("groups"));
    JsonNode acts = node.get("actForUsers");
    if (acts != null && !acts.isBoolean()) {
      mistakes.add(place + ".actForUsers must be true or false.");
    }
    return mistakes.size() > before
        ? Optional.empty()
        : Optional.of(new Entry(name, key, groups, acts != null && acts.booleanValue()));
  }

  private String text(String place, JsonNode node) {
    if (node == null || !node.isTextual() || node.textValue().isBlank()) {
      mistakes.add(place + " must be a text that is not blank.");
      return null;
    }
    return node.textValue();
  }

  /** Absent means every server; null does not, because it may be a slip for an empty list. */
  private Optional<Set<String>> groups(String place, JsonNode node) {
    if (node == null) {
      return Optional.empty();
    }
    Set<String> groups = new LinkedHashSet<>();
    boolean texts = node.isArray();
    for (JsonNode group : node) {
      texts &= group.isTextual() && !group.textValue().isBlank();
      groups.add(group.asText().strip());
    }
    if (!texts) {
      mistakes.add(place + " must be a list of names; leave it out for every server.");
    }
    return Optional.of(groups);
  }
}
