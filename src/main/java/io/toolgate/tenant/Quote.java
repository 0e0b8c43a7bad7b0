package io.toolgate.tenant;

/** How text out of a file or a table stands in a message: on one line, and short. */
public final class Quote {
  private static final int LONGEST = 80;

  private Quote() {}

  /** In quotation marks, on one line, cut when long. */
  public static String quote(String text) {
    return '"' + shortened(text) + '"';
  }

  public static String shortened(String text) {
    return plain(text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
  }

  /** Control characters and line separators become {@code \}{@code uXXXX}. */
  public static String plain(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
