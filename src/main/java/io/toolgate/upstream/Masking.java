package io.toolgate.upstream;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes what a server says fit to be shown: its secrets are replaced, and in logs and listings it
 * is one bounded line, so that nothing a server says looks like a line of ours.
 *
 * <p>Longer secrets are replaced first, so that no rest of one stays.
 */
final class Masking {
  private static final int LINE_LENGTH = 400;
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private final List<String> secrets;

  Masking(Set<String> secrets) {
    this.secrets =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  String mask(String text) {
    String result = text;
    for (String secret : secrets) {
      result = result.replace(secret, "***");
    }
    return result;
  }

  /** Without colours and control characters. */
  static String plain(String text) {
    return CONTROL.matcher(COLOUR.matcher(text).replaceAll("")).replaceAll(" ");
  }

  /** One line without control characters, cut only after masking: half a secret is not found. */
  String line(String text) {
    String masked = mask(plain(text)).strip();
    return masked.length() <= LINE_LENGTH ? masked : masked.substring(0, LINE_LENGTH);
  }
}
