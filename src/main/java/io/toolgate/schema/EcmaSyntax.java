package io.toolgate.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Writes a regular expression of ECMA-262 as one of {@link Pattern} with the same meaning.
 *
 * <p>The two differ in few places: the end of the text, which characters are white space or a line
 * end, brackets and {@code &&} inside a class, {@code \\u{...}}, empty classes, braces that are no
 * quantifier. Escapes that only other dialects know are left to Java, except Python's {@code \Z};
 * what Java does not know either fails to compile.
 */
final class EcmaSyntax {
  private static final String LINE_ENDS = "\\n\\r\\u2028\\u2029";
  private static final String SPACES =
      "\\t\\n\\x0B\\f\\r \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF";
  private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(,\\d*)?}");
  private static final Pattern CODE_POINT = Pattern.compile("u\\{([0-9A-Fa-f]+)}");
  private static final Pattern PROPERTY = Pattern.compile("([pP])\\{(\\w+)}");

  private final String source;
  private final StringBuilder java = new StringBuilder();
  private int at;
  private boolean inClass;

  private EcmaSyntax(String source) {
    this.source = source;
  }

  static String toJava(String source) {
    EcmaSyntax syntax = new EcmaSyntax(source);
    while (syntax.at < source.length()) {
      syntax.next();
    }
    return syntax.java.toString();
  }

  private void next() {
    char c = source.charAt(at++);
    if (c == '\\') {
      escape();
    } else if (inClass) {
      java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      inClass = c != ']';
    } else {
      switch (c) {
        case '[' -> openClass();
        case '$' -> java.append("\\z");
        case '.' -> java.append("[^").append(LINE_ENDS).append(']');
        case '{' -> java.append(lookingAt(QUANTIFIER, at - 1) == null ? "\\{" : "{");
        default -> java.append(c);
      }
    }
  }

  private void openClass() {
    if (source.startsWith("^]", at)) {
      java.append("[\\s\\S]");
      at += 2;
    } else if (source.startsWith("]", at)) {
      java.append("(?!)");
      at++;
    } else {
      inClass = true;
      java.append('[');
      if (source.startsWith("^", at)) {
        java.append('^');
        at++;
      }
    }
  }

  private void escape() {
    char c = source.charAt(at++);
    switch (c) {
      case 's' -> java.append(inClass ? SPACES : "[" + SPACES + "]");
      case 'S' -> java.append(inClass ? "\\S" : "[^" + SPACES + "]");
      case 'v' -> java.append("\\x0B");
      case '0' -> java.append("\\x00");
      case 'b' -> java.append(inClass ? "\\x08" : "\\b");
      case 'Z' -> java.append("\\z");
      case 'u' -> codePoint();
      case 'p', 'P' -> property();
      default -> java.append('\\').append(c);
    }
  }

  private void codePoint() {
    Matcher braces = lookingAt(CODE_POINT, at - 1);
    if (braces == null) {
      java.append("\\u");
    } else {
      java.append("\\x{").append(braces.group(1)).append('}');
      at = braces.end();
    }
  }

  /** ECMA's {@code \p{Alphabetic}} is Java's {@code \p{IsAlphabetic}}. */
  private void property() {
    Matcher named = lookingAt(PROPERTY, at - 1);
    if (named == null) {
      java.append('\\').append(source.charAt(at - 1));
      return;
    }
    String binary = "\\" + named.group(1) + "{Is" + named.group(2) + "}";
    java.append(compiles(binary) ? binary : "\\" + named.group());
    at = named.end();
  }

  private static boolean compiles(String java) {
    try {
      Pattern.compile(java);
      return true;
    } catch (PatternSyntaxException unknown) {
      return false;
    }
  }

  private Matcher lookingAt(Pattern pattern, int from) {
    Matcher matcher = pattern.matcher(source).region(from, source.length());
    return matcher.lookingAt() ? matcher : null;
  }
}
