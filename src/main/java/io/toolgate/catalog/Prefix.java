package io.toolgate.catalog;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * What stands before every operationId of a document, so that the documents of two connections can
 * be read side by side: clients that meet one id twice cannot use either tool.
 *
 * @param text ends with a separator, which is added where it is missing; {@code ""} for none
 */
public record Prefix(String text) {
  /** Short enough that of the longest ids there is more left than the prefix. */
  private static final Pattern USABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]{0,31})?");

  public static final Prefix NONE = new Prefix("");

  /**
   * @throws ProblemException malformed-query where no operationId may begin so
   */
  public Prefix {
    if (!USABLE.matcher(text).matches()) {
      throw Problem.MALFORMED_QUERY.because(
          "A prefix is a letter or underscore, then at most 31 letters, digits, \"_\" or \"-\","
              + " for example ?prefix=sales.");
    }
    if (!text.isEmpty() && !text.endsWith("_") && !text.endsWith("-")) {
      text += "_";
    }
  }
}
