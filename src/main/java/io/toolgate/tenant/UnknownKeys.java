package io.toolgate.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
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
          "author",
          "license");

  /** Words of other programs whose loss would change what is run or shown. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "enabled", "disabled",
          "isActive", "disabled",
          "includeTools", "enabledTools",
          "allowedTools", "enabledTools",
          "excludeTools", "disabledTools",
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
    return known.stream()
        .filter(candidate -> similar(key, candidate))
        .min(
            Comparator.comparingInt((String candidate) -> distance(folded(key), folded(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** At most two slips, and fewer than half of the letters, so that "id" is not "cwd". */
  private static boolean similar(String key, String candidate) {
    int slips = distance(folded(key), folded(candidate));
    return slips <= 2 && 2 * slips < Math.max(key.length(), candidate.length());
  }

  private static String folded(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
