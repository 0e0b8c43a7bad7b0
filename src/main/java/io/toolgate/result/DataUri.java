package io.toolgate.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
  private static final String IMAGE = "data:image/";
  private static final String SVG = "data:image/svg";
  private static final String BASE64 = ";base64";
  private static final String UNKNOWN = "application/octet-stream";
  private static final Pattern ANY_URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}:");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("\\s*(" + NAME + "/" + NAME + ")\\s*(;.*)?", Pattern.DOTALL);
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i:data):(?!,)(%1$s/%1$s|%1$s(?=;base64,)|)((?:;[^,;\\s]{0,255}){0,16}),"
              .formatted(NAME));

  /** {@code RIFF}, four bytes of any length, {@code WEBP}. */
  private static final Pattern WEBP = Pattern.compile("UklGR.{6}XRUJQ");

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
      return Optional.of(TextNode.valueOf(uri(text, mimeType)));
    }
    return base64(text)
        .map(base64 -> TextNode.valueOf(SCHEME + type(mimeType, base64) + BASE64 + "," + base64));
  }

  /** Scheme and media type as readers compare them, where the text is a data URI. */
  private static String uri(String text, JsonNode mimeType) {
    Matcher header = HEADER.matcher(text);
    if (!header.lookingAt()) {
      return text;
    }
    String rest = text.substring(header.end());
    String parameters = header.group(2);
    String said = header.group(1).toLowerCase(Locale.ROOT);
    boolean vague = said.isEmpty() || said.equals(UNKNOWN);
    String type =
        vague && parameters.toLowerCase(Locale.ROOT).endsWith(BASE64) ? type(mimeType, rest) : said;
    return SCHEME + (vague && type.equals(UNKNOWN) ? said : type) + parameters + "," + rest;
  }

  /** Whether this is a data URI. */
  static boolean isFile(JsonNode item) {
    return item.isTextual() && HEADER.matcher(item.textValue()).lookingAt();
  }

  /**
   * The same item as readers recognise it: a file in small letters, and with a blank before it a
   * text that only begins like one, which Open WebUI would take out of a list.
   */
  static JsonNode recognisable(JsonNode item) {
    if (isFile(item)) {
      return TextNode.valueOf(uri(item.textValue(), MissingNode.getInstance()));
    }
    return item.isTextual() && item.textValue().startsWith(SCHEME)
        ? TextNode.valueOf(" " + item.textValue())
        : item;
  }

  /** Whether a model can be shown it; a drawing in SVG is a document to model providers. */
  static boolean isPicture(JsonNode item) {
    return isFile(item)
        && item.textValue().regionMatches(true, 0, IMAGE, 0, IMAGE.length())
        && !item.textValue().regionMatches(true, 0, SVG, 0, SVG.length());
  }

  /** A sentence about the file, for readers who do not get it. */
  static String words(JsonNode item) {
    String uri = item.textValue();
    Matcher header = HEADER.matcher(uri);
    if (!header.lookingAt()) {
      throw new IllegalArgumentException("no data URI");
    }
    String type =
        header.group(1).isEmpty() ? "text/plain" : header.group(1).toLowerCase(Locale.ROOT);
    String kind = isPicture(item) ? "picture" : "file";
    String size =
        header.group(2).toLowerCase(Locale.ROOT).endsWith(BASE64)
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

  private static String type(JsonNode mimeType, String base64) {
    Matcher said = MEDIA_TYPE.matcher(mimeType.asText());
    String type = said.matches() ? said.group(1).toLowerCase(Locale.ROOT) : UNKNOWN;
    return type.equals(UNKNOWN) ? pictureType(base64) : type;
  }

  /** By the first bytes, for pictures that come without a media type that says anything. */
  private static String pictureType(String base64) {
    if (base64.startsWith("iVBORw0KGgo")) {
      return "image/png";
    }
    if (base64.startsWith("/9j/")) {
      return "image/jpeg";
    }
    if (base64.startsWith("R0lGOD")) {
      return "image/gif";
    }
    return WEBP.matcher(base64).lookingAt() ? "image/webp" : UNKNOWN;
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
