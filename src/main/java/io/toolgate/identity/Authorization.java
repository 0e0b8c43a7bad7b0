package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * The credentials in {@code Authorization} (RFC 9110, section 11.6.2): a bearer token, or the
 * password of Basic.
 *
 * @param basic whether it is a password, which can only be a key
 */
record Authorization(String credentials, boolean basic) {

  /**
   * @throws ProblemException if it is neither
   */
  static Authorization parse(String header) {
    int space = header.indexOf(' ');
    String scheme = (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
    String rest = space < 0 ? "" : header.substring(space + 1).strip();
    if (scheme.equals("bearer") && !rest.isEmpty()) {
      return new Authorization(rest, false);
    }
    if (scheme.equals("basic") && !rest.isEmpty()) {
      return new Authorization(password(rest), true);
    }
    throw Refused.because(
        "The Authorization header holds no credentials that can be used: send Bearer and a key or token, or Basic "
            + "with the key as password.");
  }

  private static String password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon >= 0) {
        return pair.substring(colon + 1);
      }
    } catch (IllegalArgumentException malformed) {
      // The same as without a colon.
    }
    throw Refused.because("The Authorization header is no well-formed Basic authentication.");
  }

  @Override
  public String toString() {
    return basic ? "Authorization[basic]" : "Authorization[bearer]";
  }
}
