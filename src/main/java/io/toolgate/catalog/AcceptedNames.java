package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds names that model providers accept for the properties whose own they refuse.
 *
 * <p>Invariants: a name stands for one own name in the whole schema and is no property's own name;
 * it depends on the names in the schema alone, not on their order.
 */
final class AcceptedNames {
  private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
  private static final Pattern UNWANTED = Pattern.compile("[^a-zA-Z0-9_.-]+");
  private static final Pattern AT_THE_ENDS = Pattern.compile("^_+|_+$");
  private static final int MOST_CHARACTERS = 64;
  private static final int HASH_CHARACTERS = 8;

  private AcceptedNames() {}

  /** By own name, for the names that are refused; empty where all are accepted. */
  static Map<String, String> of(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    collect(schema, names);
    Set<String> refused = new TreeSet<>(names);
    refused.removeIf(name -> ACCEPTED.matcher(name).matches());
    if (refused.isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> wishes = new HashMap<>();
    refused.forEach(name -> wishes.merge(wish(name), 1, Integer::sum));
    Map<String, String> shown = new HashMap<>();
    Set<String> taken = new HashSet<>(names);
    for (String name : refused) {
      String wish = wish(name);
      if (wishes.get(wish) == 1 && taken.add(wish)) {
        shown.put(name, wish);
      }
    }
    refused.forEach(name -> shown.computeIfAbsent(name, unnamed -> hashed(unnamed, taken)));
    return shown;
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.path("properties").isObject()) {
      node.get("properties").fieldNames().forEachRemaining(names::add);
    }
    if (node.path("required").isArray()) {
      node.get("required").forEach(name -> names.add(name.asText()));
    }
    node.forEach(child -> collect(child, names));
  }

  private static String wish(String name) {
    String clean = AT_THE_ENDS.matcher(UNWANTED.matcher(name).replaceAll("_")).replaceAll("");
    String named = clean.isEmpty() ? "property" : clean;
    return named.substring(0, Math.min(named.length(), MOST_CHARACTERS));
  }

  /** Longer hashes only where another name imitates one. */
  private static String hashed(String name, Set<String> taken) {
    String wish = wish(name);
    String hash = OperationIds.sha256(name);
    for (int length = HASH_CHARACTERS; ; length++) {
      String start = wish.substring(0, Math.min(wish.length(), MOST_CHARACTERS - 1 - length));
      String shown = start + "_" + hash.substring(0, length);
      if (taken.add(shown)) {
        return shown;
      }
    }
  }
}
