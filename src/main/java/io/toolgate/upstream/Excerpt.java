package io.toolgate.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first and last bytes of a message that could not be read. They are enough to find the request
 * it answers, because the id stands before the content or after it.
 */
final class Excerpt {
  private static final Pattern KEY =
      Pattern.compile(
          "\"(id|result|error|method|params)\"\\s*:\\s*(?:\"?(\\d{1,18})\"?(?=\\s*[,}]))?");

  private static final int KEPT = 4 * 1024;

  private Excerpt() {}

  /** Of the bytes from {@code from} to before {@code to}. */
  static byte[] of(byte[] buffer, int from, int to) {
    if (to - from <= 2 * KEPT) {
      return Arrays.copyOfRange(buffer, from, to);
    }
    byte[] excerpt = Arrays.copyOfRange(buffer, from, from + 2 * KEPT);
    System.arraycopy(buffer, to - KEPT, excerpt, KEPT, KEPT);
    return excerpt;
  }

  /** The id of the answer; empty when it is no answer, or its id is none of ours. */
  static OptionalLong answeredId(byte[] excerpt) {
    Matcher keys = KEY.matcher(new String(excerpt, StandardCharsets.ISO_8859_1));
    OptionalLong id = OptionalLong.empty();
    boolean idCameFirst = false;
    boolean inContent = false;
    while (keys.find()) {
      String key = keys.group(1);
      if (key.equals("id")) {
        id =
            keys.group(2) == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(keys.group(2)));
        idCameFirst |= !inContent;
      } else if (key.equals("method") && !inContent) {
        return OptionalLong.empty();
      } else {
        inContent = true;
        if (idCameFirst) {
          return id;
        }
      }
    }
    return id;
  }
}
