package io.toolgate.bench;

import io.toolgate.bench.figure.Effort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words of the command line.
 *
 * @param figures as named; none for all
 */
record Options(List<String> figures, Effort effort, Path results) {
  /** A word that is none of ours, said so that it can be mended. */
  static final class Mistake extends Exception {
    Mistake(String message) {
      super(message);
    }
  }

  static Options of(List<String> words, Set<String> known, Path home) throws Mistake {
    List<String> figures = new ArrayList<>();
    Effort effort = words.contains("--smoke") ? Effort.tiny() : Effort.full();
    Path results = home.resolve(effort.smoke() ? "bench/target/results" : "bench/results");
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "--smoke" -> {}
        case "--rounds" -> effort = effort.withRounds(number(words, ++i));
        case "--seconds" -> effort = effort.withSeconds(number(words, ++i));
        case "--calls" -> effort = effort.withCalls(number(words, ++i));
        case "--slow-seconds" -> effort = effort.withSlowSeconds(number(words, ++i));
        case "--results" -> results = Path.of(value(words, ++i)).toAbsolutePath();
        default -> {
          if (!known.contains(word)) {
            throw new Mistake(
                "There is no \"" + word + "\"; there are " + String.join(", ", known) + ".");
          }
          figures.add(word);
        }
      }
    }
    return new Options(figures, effort, results);
  }

  private static String value(List<String> words, int at) throws Mistake {
    if (at >= words.size()) {
      throw new Mistake(words.get(at - 1) + " needs a value.");
    }
    return words.get(at);
  }

  private static int number(List<String> words, int at) throws Mistake {
    String value = value(words, at);
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw new Mistake(words.get(at - 1) + " needs a number above 0, not \"" + value + "\".");
    }
    return Integer.parseInt(value);
  }
}
