package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.util.List;

/**
 * What one request presents: every header that could prove or name somebody, read once. A header
 * that is absent or blank is null.
 *
 * <p>Invariant: none of them occurred twice, was longer than {@link Token#LONGEST}, or held a
 * control character; a proxy and we could read such a request differently.
 */
record Presented(
    String authorization,
    String apiKey,
    String gatewaySecret,
    String signed,
    Plain plain,
    Gateway gateway,
    boolean neverBelieved) {

  /** The user as named by Open WebUI, without a signature. */
  record Plain(String email, String id, String name, String role, String groups) {
    /** Whether it names a user in any way; groups alone do not. */
    boolean namesUser() {
      return email != null || id != null || name != null || role != null;
    }
  }

  /** The user as named by a gateway. */
  record Gateway(String email, String groups, String admin, String name, String id) {
    boolean namesUser() {
      return email != null || groups != null || admin != null || name != null || id != null;
    }
  }

  /**
   * @throws ProblemException if a header is not presented as it must be
   */
  static Presented read(RequestHeaders headers, HeaderNames names) {
    one(headers, HeaderNames.GATEWAY_TENANT); // has no meaning here, but must be well-formed too
    return new Presented(
        one(headers, HeaderNames.AUTHORIZATION),
        one(headers, HeaderNames.API_KEY),
        one(headers, HeaderNames.GATEWAY_SECRET),
        one(headers, names.signed()),
        new Plain(
            one(headers, names.email()),
            one(headers, names.id()),
            one(headers, names.name()),
            one(headers, names.role()),
            names.groups().isPresent() ? one(headers, names.groups().get()) : null),
        new Gateway(
            one(headers, names.gateway().email()),
            one(headers, names.gateway().groups()),
            one(headers, HeaderNames.GATEWAY_ADMIN),
            one(headers, names.gateway().name()),
            one(headers, names.gateway().id())),
        holdsAny(headers, HeaderNames.NEVER_BELIEVED));
  }

  private static boolean holdsAny(RequestHeaders headers, List<String> names) {
    for (String name : names) {
      if (!headers.all(name).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static String one(RequestHeaders headers, String name) {
    List<String> values = headers.all(name);
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw Refused.because("The header %s occurs more than once.".formatted(name));
    }
    String value = values.get(0).strip();
    if (value.length() > Token.LONGEST) {
      throw Refused.because(
          "The header %s is longer than %d characters.".formatted(name, Token.LONGEST));
    }
    // The raw value: stripping would remove control characters at its ends.
    if (hasControl(values.get(0))) {
      throw Refused.because("The header %s holds control characters.".formatted(name));
    }
    return value.isEmpty() ? null : HeaderText.written(value);
  }

  /** Latin-1, as headers are read: what looks like a C1 control may be half of a UTF-8 letter. */
  private static boolean hasControl(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) == 0x7f) {
        return true;
      }
    }
    return false;
  }
}
