package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.catalog.Claims.Trail;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of a schema one attempt to show it may unfold, and what had to be left out.
 *
 * <p>A schema of a kilobyte can unfold to gigabytes ({@code a} holds {@code b} twice, {@code b}
 * holds {@code c} twice, ...), so inlined schemas are counted. An attempt that uses up its count is
 * given up and repeated with less repetition and less depth, which shows every branch equally deep
 * instead of the first one completely and the rest not at all.
 */
final class Limits {
  /** What successive attempts may show; the last one always succeeds. */
  static final List<Attempt> ATTEMPTS =
      List.of(
          new Attempt(3, 32),
          new Attempt(2, 32),
          new Attempt(1, 32),
          new Attempt(1, 8),
          new Attempt(1, 5),
          new Attempt(1, 3),
          new Attempt(1, 2));

  private static final int MOST_INLINED = 2_000;

  /**
   * @param repetitions how often a schema may contain itself
   * @param depth levels of objects and arrays, the arguments object being the first
   */
  record Attempt(int repetitions, int depth) {
    boolean isLast() {
      return equals(ATTEMPTS.get(ATTEMPTS.size() - 1));
    }
  }

  /** Ends an attempt that unfolded too much. */
  static final class TooLarge extends RuntimeException {
    TooLarge() {
      super(null, null, false, false);
    }
  }

  private final Attempt attempt;
  private final Set<String> notes = new LinkedHashSet<>();
  private int inlined;

  Limits(Attempt attempt) {
    this.attempt = attempt;
  }

  void countInlined() {
    inlined++;
    if (inlined > MOST_INLINED && !attempt.isLast()) {
      throw new TooLarge();
    }
  }

  boolean mayEnter(JsonNode target, Trail trail) {
    return inlined <= MOST_INLINED && trail.times(target) < attempt.repetitions();
  }

  boolean allows(int depth) {
    return depth <= attempt.depth();
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
