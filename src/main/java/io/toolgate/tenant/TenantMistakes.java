package io.toolgate.tenant;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All mistakes of all tenant files; the message has one line for each.
 *
 * <p>Has no stack trace, because it is a report to the operator and not a fault of the program.
 */
public final class TenantMistakes extends RuntimeException {
  private final List<Finding> mistakes;
  private final List<String> warnings;

  TenantMistakes(List<Finding> mistakes, List<String> warnings) {
    super(
        mistakes.stream().map(Finding::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.mistakes = List.copyOf(mistakes);
    this.warnings = List.copyOf(warnings);
  }

  /** In the order of the files and of the places in them; never empty. */
  public List<Finding> mistakes() {
    return mistakes;
  }

  /** What was tolerated beside them, one line each, with file and JSON pointer. */
  public List<String> warnings() {
    return warnings;
  }
}
