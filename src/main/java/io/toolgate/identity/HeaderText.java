package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Text as it travels in headers. Servers read headers as Latin-1, one character per byte, while
 * senders write UTF-8; names and groups may be percent-encoded besides (RFC 3986, section 2.1),
 * groups are separated by commas. What is not such an encoding is taken as it stands, because not
 * every sender encodes.
 */
final class HeaderText {
  private HeaderText() {}

  /** What was written, given what the server read. */
  static String written(String read) {
    int all = 0;
    for (int i = 0; i < read.length(); i++) {
      all |= read.charAt(i);
    }
    if (all < 0x80 || all > 0xff) {
      return read;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return read;
    }
  }

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
    if (decoded.chars().anyMatch(Character::isISOControl)) {
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
