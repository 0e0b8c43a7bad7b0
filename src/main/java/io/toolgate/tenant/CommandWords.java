package io.toolgate.tenant;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The words of a command as the value of one setting.
 *
 * <p>Invariant: every word arrives as it was typed. In a setting of its own an empty word would be
 * lost, and {@code ${X}} be replaced before {@link Variables} can refuse it; so the value holds no
 * sign that means something to configuration.
 */
public final class CommandWords {
  private static final String END = "\0"; // no word of a command line can hold it

  private CommandWords() {}

  public static String encode(List<String> words) {
    byte[] text = (String.join(END, words) + END).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /**
   * @throws IllegalArgumentException when the value was not made by {@link #encode}
   */
  static List<String> decode(String value) {
    String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
    String[] words = text.split(END, -1);
    return List.copyOf(Arrays.asList(words).subList(0, words.length - 1));
  }
}
