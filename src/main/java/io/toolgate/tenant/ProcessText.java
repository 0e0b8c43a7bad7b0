package io.toolgate.tenant;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What can be handed to a program: its words, the values of its variables, its working folder.
 *
 * <p>Invariant: what passes arrives as it was written. The system knows bytes only, and the JVM
 * turns what the locale's encoding has no bytes for into question marks without a word.
 */
public final class ProcessText {
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /** What a JVM reads where the bytes mean nothing in the locale's encoding. */
  private static final char UNREADABLE = '\uFFFD';

  private ProcessText() {}

  /** Why a text cannot be handed on, as the end of a sentence about it. */
  public static Optional<String> obstacle(String text) {
    return obstacle(text, NATIVE);
  }

  static Optional<String> obstacle(String text, Charset encoding) {
    var encoder = encoding.newEncoder();
    if (encoder.canEncode(text)) {
      return Optional.empty();
    }
    int sign = text.codePoints().filter(point -> !canEncode(encoding, point)).findFirst().orElse(0);
    return Optional.of(
        Character.getType(sign) == Character.SURROGATE
            ? "holds half a character (\\u%04x), which cannot be handed to a program"
                .formatted(sign)
            : "holds U+%04X, which the locale's encoding %s cannot express; set LC_ALL to a locale with UTF-8, such as C.UTF-8"
                .formatted(sign, encoding.name()));
  }

  private static boolean canEncode(Charset encoding, int codePoint) {
    return encoding.newEncoder().canEncode(Character.toString(codePoint));
  }

  /** Whether a text that came from the system was lost, in whole or in part, on its way in. */
  public static boolean isUnreadable(String text) {
    return text.indexOf(UNREADABLE) >= 0 || !NATIVE.newEncoder().canEncode(text);
  }

  /** What to say of such a text, as the end of a sentence. */
  public static String unreadable() {
    return "cannot be read in the locale's encoding %s; set LC_ALL to a locale with UTF-8, such as C.UTF-8"
        .formatted(NATIVE.name());
  }
}
