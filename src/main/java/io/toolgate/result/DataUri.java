package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures, sound and files as text: {@code data:image/png;base64,...}.
 *
 * <p>Servers send more than base64 of the standard alphabet, so what is a URI already stays as it
 * is, line breaks are taken out, the alphabet for URLs is translated and padding is added. Of the
 * media type only {@code type/subtype} goes into the URI, in lower case, because readers compare
 * its beginning.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2397">RFC 2397</a>
 */
final class DataUri {
  private static final String SCHEME = "data:";
  private static final String UNKNOWN = "application/octet-stream";
  private static final Pattern ANY_URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}:");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("\\s*(" + NAME + "/" + NAME + ")\\s*(;.*)?", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("data:([^,;\\s]{0,255})[^,\\s]{0,255},");

  private DataUri() {}

  /**
   * The URI for some data; empty when the data is neither a URI nor base64.
   *
   * @param mimeType any JSON
   * @param data any JSON
   */
  static Optional<TextNode> of(JsonNode mimeType, JsonNode data) {
    if (!data.isTextual()) {
      return Optional.empty();
    }
    String text = data.textValue().strip();
    if (ANY_URI.matcher(text).lookingAt()) {
      return Optional.of(TextNode.valueOf(text));
    }
    return base64(text)
        .map(
            base64 -> TextNode.valueOf(SCHEME + mediaType(mimeType, base64) + ";base64," + base64));
  }

  /** Whether Open WebUI takes this item of a list for a file. */
  static boolean isFile(JsonNode item) {
    return item.isTextual() && item.textValue().startsWith(SCHEME);
  }

  /** Whether this is a data URI, and not only a text that begins like one. */
  static boolean isWhole(JsonNode item) {
    return isFile(item) && HEADER.matcher(item.textValue()).lookingAt();
  }

  /** Whether a model can be shown it; a drawing in SVG is a document to model providers. */
  static boolean isPicture(JsonNode item) {
    return isFile(item)
        && item.textValue().startsWith("data:image/")
        && !item.textValue().startsWith("data:image/svg");
  }

  /** A sentence about the file, for readers who do not get it. */
  static String words(JsonNode item) {
    String uri = item.textValue();
    Matcher header = HEADER.matcher(uri);
    boolean whole = header.lookingAt();
    String type = whole && !header.group(1).isEmpty() ? header.group(1) : "text/plain";
    String kind = isPicture(item) ? "picture" : "file";
    String size =
        whole && header.group().endsWith(";base64,")
            ? ", " + size((uri.length() - header.end()) * 3L / 4 - padding(uri))
            : "";
    return "The tool gave a " + kind + ": " + type + size + ".";
  }

  private static int padding(String base64) {
    return base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  }

  private static String size(long bytes) {
    return bytes < 10_000
        ? bytes + (bytes == 1 ? " byte" : " bytes")
        : bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
  }

  private static String mediaType(JsonNode mimeType, String base64) {
    Matcher said = MEDIA_TYPE.matcher(mimeType.asText());
    return said.matches() ? said.group(1).toLowerCase(Locale.ROOT) : pictureType(base64);
  }

  /** By the first bytes, for pictures that come without a media type. */
  private static String pictureType(String base64) {
    if (base64.startsWith("iVBORw0KGgo")) {
      return "image/png";
    }
    if (base64.startsWith("/9j/")) {
      return "image/jpeg";
    }
    return base64.startsWith("R0lGOD") ? "image/gif" : UNKNOWN;
  }

  /** The same bytes in the standard alphabet, padded; empty when this is no base64. */
  static Optional<String> base64(String data) {
    int digits = 0;
    int padding = 0;
    boolean standard = true;
    for (int i = 0; i < data.length(); i++) {
      char c = data.charAt(i);
      if (c == '=') {
        padding++;
      } else if (Character.isWhitespace(c)) {
        standard = false;
      } else if (padding == 0 && isDigit(c)) {
        digits++;
        standard &= c != '-' && c != '_';
      } else {
        return Optional.empty();
      }
    }
    int missing = -digits & 3;
    if (digits == 0 || missing == 3 || padding > 2) {
      return Optional.empty();
    }
    return Optional.of(standard && padding == missing ? data : standard(data, digits, missing));
  }

  private static String standard(String data, int digits, int padding) {
    StringBuilder text = new StringBuilder(digits + padding);
    for (int i = 0; i < data.length(); i++) {
      char c = data.charAt(i);
      if (isDigit(c)) {
        text.append(c == '-' ? '+' : c == '_' ? '/' : c);
      }
    }
    return text.append("==", 0, padding).toString();
  }

  private static boolean isDigit(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_';
  }
}
