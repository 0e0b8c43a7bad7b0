package io.toolgate.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads files that people write: UTF-8, or what a byte order mark says instead, as PowerShell and
 * some editors write it.
 *
 * <p>Invariant: the mark is no part of the text, and bytes that are no text are refused rather than
 * replaced.
 */
public final class TextFile {
  private static final char MARK = '\uFEFF';

  /** By the first two bytes of a file. */
  private static final Map<Integer, Charset> MARKED =
      Map.of(0xFEFF, StandardCharsets.UTF_16BE, 0xFFFE, StandardCharsets.UTF_16LE);

  /** A file is larger than its reader takes. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLarge() {}
  }

  private TextFile() {}

  /**
   * @throws CharacterCodingException when it is no text
   */
  public static String read(Path file) throws IOException {
    return decode(Files.readAllBytes(file));
  }

  /**
   * Likewise.
   *
   * @param most bytes
   * @throws TooLarge when there are more
   */
  public static String read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new TooLarge();
      }
      return decode(bytes);
    }
  }

  /** A text without the byte order mark before it. */
  public static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    Charset charset = MARKED.getOrDefault(first, StandardCharsets.UTF_8);
    return withoutMark(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
  }
}
