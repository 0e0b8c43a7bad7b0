package io.toolgate.time;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The IANA time zones by name, with a guess at what a wrong name meant.
 *
 * <p>Only names of the database count: {@code +02:00} has no clock changes and would give wrong
 * answers half of the year.
 */
final class Zones {
  private static final int SUGGESTIONS = 3;
  // Longer than any name there is; comparing a text of megabytes would take minutes.
  private static final int LONGEST = 50;

  private Zones() {}

  static ZoneId byName(String name) throws TimeMistake {
    Set<String> names = ZoneId.getAvailableZoneIds();
    if (names.contains(name)) {
      return ZoneId.of(name);
    }
    List<String> close = close(name, names);
    throw new TimeMistake(
        "There is no time zone '%s'. %s"
            .formatted(
                name,
                close.isEmpty()
                    ? "Give an IANA name of the form Area/City, such as Europe/Paris."
                    : close.stream().collect(Collectors.joining("', '", "Did you mean '", "'?"))));
  }

  private static List<String> close(String name, Set<String> names) {
    if (name.length() > LONGEST) {
      return List.of();
    }
    String meant = comparable(name);
    int allowed = Math.min(3, meant.length() / 4);
    return names.stream()
        .map(known -> new Guess(known, distance(meant, known)))
        .filter(guess -> guess.distance() <= allowed)
        .sorted(Comparator.comparingInt(Guess::distance).thenComparing(Guess::name))
        .limit(SUGGESTIONS)
        .map(Guess::name)
        .toList();
  }

  private record Guess(String name, int distance) {}

  /** The distance to the whole name or to its city alone, whichever is less. */
  private static int distance(String meant, String known) {
    String whole = comparable(known);
    String city = whole.substring(whole.lastIndexOf('/') + 1);
    return Math.min(edits(meant, whole), edits(meant, city));
  }

  private static String comparable(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  /** How many characters must be added, removed or changed (Levenshtein). */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
