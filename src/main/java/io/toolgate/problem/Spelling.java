package io.toolgate.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant by a name or value that does not exist, for errors that say so. */
public final class Spelling {
  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /**
   * The candidate nearest to a word: equal but for case and {@code _-. }, or with so few slips that
   * it is hardly another word: one for three letters, two at most.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    return nearest(word, candidates, (plain(word).length() + 1) / 3);
  }

  /** The same with one slip for four letters, where near names may well be different things. */
  public static Optional<String> veryNear(String word, Collection<String> candidates) {
    return nearest(word, candidates, plain(word).length() / 4);
  }

  private static Optional<String> nearest(
      String word, Collection<String> candidates, int slipsOfLength) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = plain(word);
    int allowed = Math.min(2, slipsOfLength);
    return candidates.stream()
        .filter(candidate -> candidate.length() <= MAX_LENGTH)
        .filter(candidate -> slips(plain, plain(candidate)) <= allowed)
        .min(
            Comparator.comparingInt((String candidate) -> slips(plain, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[_\\-. ]", "");
  }

  /** Insertions, removals, replacements and swaps of neighbours (optimal string alignment). */
  private static int slips(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
