package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Names and groups as they travel in headers: percent-encoded UTF-8 (RFC 3986, section 2.1), groups
 * separated by commas. What is not such an encoding is taken as it stands, because not every sender
 * encodes.
 */
final class HeaderText {
  private HeaderText() {}

  /**
   * @throws ProblemException if control characters come to light
   */
  static String decode(String text) {
    String decoded = text;
    if (text.indexOf('%') >= 0) {
      try {
        decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException notEncoded) {
        decoded = text;
      }
    }
    if (decoded.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw Refused.because("A name or group in the headers holds control characters.");
    }
    return decoded.strip();
  }

  /** The groups of a list; null gives none. A comma within a name is encoded by its sender. */
  static Set<String> groups(String list) {
    if (list == null) {
      return Set.of();
    }
    Set<String> groups = new LinkedHashSet<>();
    for (String part : list.split(",")) {
      String group = decode(part);
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    return groups;
  }
}
