package io.toolgate.tenant;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong in all files, so that an operator sees everything at once instead of one
 * mistake per start.
 *
 * <p>Threading: belongs to the one thread that reads the files.
 */
final class Findings {
  private final List<Finding> mistakes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** Something that stops the start; reading goes on to find the others. */
  void mistake(Place place, String detail) {
    mistakes.add(new Finding(place.file(), place.pointer(), detail));
  }

  /** Something that is tolerated. */
  void warning(Place place, String detail) {
    warnings.add(new Finding(place.file(), place.pointer(), detail).toString());
  }

  List<Finding> mistakes() {
    return List.copyOf(mistakes);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void throwMistakes() {
    if (!mistakes.isEmpty()) {
      throw new TenantMistakes(mistakes, warnings);
    }
  }
}
