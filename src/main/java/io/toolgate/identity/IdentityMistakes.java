package io.toolgate.identity;

import java.util.List;

/**
 * Everything that is wrong with the settings of this package; the message has one line for each,
 * and no secret.
 *
 * <p>Has no stack trace, because it is a report to the operator and not a fault of the program.
 */
public final class IdentityMistakes extends RuntimeException {
  private final List<String> mistakes;

  IdentityMistakes(List<String> mistakes) {
    super(String.join("\n", mistakes), null, false, false);
    this.mistakes = List.copyOf(mistakes);
  }

  /** One sentence each, naming the environment variable; never empty. */
  public List<String> mistakes() {
    return mistakes;
  }
}
