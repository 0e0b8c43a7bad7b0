package io.toolgate.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first and last bytes of a message that cannot be read. They are enough to find the request it
 * answers, because the id stands before the content or after it.
 */
final class Excerpt {
  private static final Pattern KEY =
      Pattern.compile(
          "\"(?!(?:result|error|method|params)\"\\s*:\\s*null)(id|result|error|method|params)"
              + "\"\\s*:\\s*(?:\"?([-+.\\deE]{1,90})\"?(?=\\s*[,}]))?");

  private static final int KEPT = 4 * 1024;

  private Excerpt() {}

  static byte[] of(byte[] buffer, int offset, int length) {
    if (length <= 2 * KEPT) {
      return Arrays.copyOfRange(buffer, offset, offset + length);
    }
    byte[] excerpt = Arrays.copyOfRange(buffer, offset, offset + 2 * KEPT);
    System.arraycopy(buffer, offset + length - KEPT, excerpt, KEPT, KEPT);
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
        id = id(keys.group(2));
        idCameFirst |= !inContent;
      } else if (!inContent && (key.equals("method") || key.equals("params"))) {
        return OptionalLong.empty();
      } else {
        inContent = true;
        if (idCameFirst) {
          return id;
        }
      }
    }
    return inContent ? id : OptionalLong.empty();
  }

  private static OptionalLong id(String written) {
    long id = written == null ? MessageIds.NONE : MessageIds.read(written);
    return id == MessageIds.NONE ? OptionalLong.empty() : OptionalLong.of(id);
  }
}
