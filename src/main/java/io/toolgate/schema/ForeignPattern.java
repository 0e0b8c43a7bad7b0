package io.toolgate.schema;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells patterns that mean something else to another engine, or were escaped twice, by their
 * spelling. JSON Schema reads them as well, but as what no valid value fits.
 *
 * <p>It rather takes a right pattern for a foreign one than the other way round: without its
 * pattern a value is still judged by the server.
 */
final class ForeignPattern {
  private static final Map<String, Pattern> FOREIGN =
      Map.of(
          "has delimiters",
          Pattern.compile("(?s)/.+/[dgimsuvxy]*|([#~%@!])\\^.*\\1[imsuxADU]*"),
          "has a class of POSIX",
          Pattern.compile("(?s).*\\[:\\^?[a-z]+:].*"),
          "has a quantifier of Python",
          Pattern.compile("(?s).*\\{,\\d+}.*"),
          "has a quotation of Perl",
          Pattern.compile("(?s)(?:[^\\\\]++|\\\\[^Q])*+\\\\Q.*"));

  /** A class, which ECMA escapes in, but where a backslash often means itself. */
  private static final Pattern CLASS = Pattern.compile("\\[(?:[^]\\\\]++|\\\\.)*+]");

  private static final Pattern LETTER_ESCAPED_TWICE =
      Pattern.compile("(?<!\\\\)\\\\\\\\(?:[dDwWsSbB]|[pP]\\{|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})");

  private static final Pattern SIGN_ESCAPED_TWICE =
      Pattern.compile("(?<!\\\\)\\\\\\\\(?:[.+*?(/{^-]|\\$(?!$))");

  /** An escape that was not escaped twice. */
  private static final Pattern ESCAPED_ONCE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?!\\\\)");

  private ForeignPattern() {}

  /** Why a pattern is not what it says; empty for the others. */
  static Optional<String> reason(String pattern) {
    for (Map.Entry<String, Pattern> foreign : FOREIGN.entrySet()) {
      if (foreign.getValue().matcher(pattern).matches()) {
        return Optional.of(foreign.getKey());
      }
    }
    return isEscapedTwice(pattern) ? Optional.of("is escaped twice") : Optional.empty();
  }

  private static boolean isEscapedTwice(String pattern) {
    boolean letter = LETTER_ESCAPED_TWICE.matcher(pattern).find();
    boolean sign =
        !ESCAPED_ONCE.matcher(pattern).find()
            && SIGN_ESCAPED_TWICE.matcher(CLASS.matcher(pattern).replaceAll("")).find();
    return (letter || sign) && EcmaPattern.of(pattern.replace("\\\\", "\\")).isUsable();
  }
}
