package io.toolgate.identity;

import io.toolgate.problem.ProblemException;

/**
 * E-mail addresses as names of users.
 *
 * <p>Only ASCII letters are lowered: what Unicode lowers depends on language and version, and two
 * people must never become one.
 */
public final class Email {
  /** The longest a mail system carries (RFC 5321, section 4.5.3.1). */
  private static final int LONGEST = 320;

  private Email() {}

  /**
   * @param where the address was read, for the refusal, for example {@code "The header X"}
   * @throws ProblemException if it cannot be exactly one address
   */
  static String of(String text, String where) {
    String email = text.strip();
    if (!isOne(email)) {
      throw Refused.because(where + " holds no single e-mail address.");
    }
    return lowerCase(email);
  }

  /** Whether a caller can have this address. */
  public static boolean isOne(String email) {
    return !email.isEmpty() && email.length() <= LONGEST && usable(email);
  }

  private static boolean usable(String email) {
    for (int i = 0; i < email.length(); i += Character.charCount(email.codePointAt(i))) {
      if (!usable(email.codePointAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean usable(int c) {
    return c != ','
        && c != ';'
        && !Character.isWhitespace(c)
        && !Character.isISOControl(c)
        && !Character.isSpaceChar(c)
        && Character.getType(c) != Character.FORMAT;
  }

  /** An address as it is compared. */
  public static String lowerCase(String email) {
    int i = 0;
    while (i < email.length() && !isUpper(email.charAt(i))) {
      i++;
    }
    if (i == email.length()) {
      return email;
    }
    StringBuilder lower = new StringBuilder(email.length()).append(email, 0, i);
    for (; i < email.length(); i++) {
      char c = email.charAt(i);
      lower.append(isUpper(c) ? (char) (c + ('a' - 'A')) : c);
    }
    return lower.toString();
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
