package io.toolgate.call;

import com.fasterxml.jackson.core.JsonLocation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A body as text: from its bytes, and the words for a place and a mistake in it. Apart from {@link
 * RequestBody} because none of it knows JSON's structure.
 */
final class BodyText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private BodyText() {}

  /** The text, without a byte order mark; a null body counts as an empty one. */
  static String decode(byte[] body) {
    if (body == null || body.length == 0) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      refuseBadBytes(body);
    }
    return text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static void refuseBadBytes(byte[] body) {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    CoderResult end =
        StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(body.length), true);
    if (end.isError()) {
      throw RequestBody.refused(
          "The request body is not valid UTF-8; the first bad byte is at offset "
              + bytes.position()
              + '.');
    }
  }

  /**
   * Refuses an escape such as {@code \ud83d} that is half of a character: it has no form in UTF-8,
   * so it could not be sent on.
   */
  static void refuseHalfCharacters(String text) {
    int high = -1;
    for (int i = text.indexOf("\\"); i >= 0 && i + 1 < text.length(); ) {
      int length = text.charAt(i + 1) == 'u' ? 6 : 2;
      char unit = length == 6 ? (char) Integer.parseInt(text, i + 2, i + 6, 16) : ' ';
      boolean pairs = high >= 0 && high == i - 6 && Character.isLowSurrogate(unit);
      if (high >= 0 && !pairs || high < 0 && Character.isLowSurrogate(unit)) {
        throw halfCharacter(text, high >= 0 ? high : i);
      }
      high = Character.isHighSurrogate(unit) ? i : -1;
      i = text.indexOf('\\', i + length);
    }
    if (high >= 0) {
      throw halfCharacter(text, high);
    }
  }

  private static RuntimeException halfCharacter(String text, int offset) {
    int lineStart = text.lastIndexOf('\n', offset) + 1;
    long line = text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    return RequestBody.refused(
        "The request body has an escape for half of a character (a lone surrogate)"
            + place(line, offset - lineStart + 1));
  }

  static String place(JsonLocation location) {
    return place(location.getLineNr(), location.getColumnNr());
  }

  private static String place(long line, long column) {
    return " (line " + line + ", column " + column + ").";
  }

  /** What is probably wrong at a place; says only what is sure to be there. */
  static String mistake(String text, JsonLocation location) {
    int at = (int) Math.max(0, Math.min(location.getCharOffset(), text.length() - 1));
    int from = at;
    while (from > 0 && isWord(text.charAt(from - 1))) {
      from--;
    }
    int to = from;
    while (to < text.length() && isWord(text.charAt(to))) {
      to++;
    }
    return switch (text.substring(from, to)) {
      case "NaN", "Infinity", "-Infinity" -> "NaN and Infinity are no JSON numbers";
      case "True", "False", "None" -> "JSON writes true, false and null";
      default -> character(text.charAt(at));
    };
  }

  private static String character(char c) {
    return switch (c) {
      case '\'' -> "strings and keys need double quotes";
      case '\n', '\r', '\t' -> "line breaks and tabs in a string must be escaped";
      case '/', '#' -> "comments are not allowed";
      default -> "there is a mistake";
    };
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-';
  }
}
