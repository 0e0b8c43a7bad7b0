package io.toolgate.catalog;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A tool's name as the last segment of its path.
 *
 * <p>Everything but RFC 3986's unreserved characters is percent-encoded, so that slashes, spaces,
 * braces (a template in OpenAPI) and any script survive every client and proxy.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2">RFC 3986, section 2</a>
 */
final class PathSegment {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PathSegment() {}

  /**
   * Whether the name, encoded, comes back unchanged from every client: clients remove {@code .} and
   * {@code ..}, an empty segment is lost, and half a surrogate pair has no UTF-8.
   */
  static boolean canCarry(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  static String encode(String name) {
    StringBuilder encoded = new StringBuilder(name.length() + 16);
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      if (isUnreserved(character)) {
        encoded.append(character);
      } else {
        HEX.toHexDigits(encoded.append('%'), octet);
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "-._~".indexOf(character) >= 0;
  }
}
