package io.toolgate.call;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a caller probably meant by a name or value that does not exist. */
final class Spelling {
  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /**
   * The candidate nearest to a word: equal but for case and {@code _-. }, or with so few letters
   * changed that it is hardly another word.
   */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = plain(word);
    int allowed = Math.min(2, plain.length() / 3);
    return candidates.stream()
        .filter(candidate -> candidate.length() <= MAX_LENGTH)
        .filter(candidate -> distance(plain, plain(candidate)) <= allowed)
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[_\\-. ]", "");
  }

  /** How many letters have to be inserted, removed or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
