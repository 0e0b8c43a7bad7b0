package io.toolgate.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Spelling;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges keys the reader does not know: a misspelt one is a mistake, because ignoring it would do
 * something else than its author wants; a foreign one is left alone.
 */
final class UnknownKeys {
  /** Written into the same files by editors and registries; without meaning here. */
  private static final Set<String> FOREIGN =
      Set.of(
          "autoApprove",
          "alwaysAllow",
          "icon",
          "iconUrl",
          "gallery",
          "version",
          "name",
          "id",
          "dev",
          "note",
          "notes",
          "comment",
          "tags",
          "trust",
          "watchPaths",
          "homepage",
          "repository",
          "restart",
          "startup",
          "state",
          "author",
          "license");

  /** Words of other programs whose loss would change what is run or shown. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "allowedTools", "enabledTools",
          "cmd", "command",
          "environment", "env",
          "uri", "url",
          "endpoint", "url");

  private UnknownKeys() {}

  static void judge(ObjectNode object, Place place, Collection<String> known, Findings findings) {
    for (String key : (Iterable<String>) object::fieldNames) {
      if (known.contains(key) || FOREIGN.contains(key) || isComment(key)) {
        continue;
      }
      Optional<String> meant = meant(key, known);
      if (meant.isPresent()) {
        findings.mistake(
            place.child(key), "unknown key; did you mean " + Quote.quote(meant.get()) + "?");
      } else {
        findings.warning(place.child(key), "unknown key, ignored");
      }
    }
  }

  private static boolean isComment(String key) {
    return key.startsWith("_") || key.startsWith("//") || key.startsWith("$");
  }

  private static Optional<String> meant(String key, Collection<String> known) {
    String synonym = SYNONYMS.get(key);
    if (synonym != null && known.contains(synonym)) {
      return Optional.of(synonym);
    }
    return Spelling.nearest(key, known);
  }
}
