package io.toolgate.rest;

import io.toolgate.call.ToolAddress;
import io.toolgate.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads the address of a tool from the path as it was sent.
 *
 * <p>Works on the raw path, because the name of a tool or group may hold anything, an encoded slash
 * or dots included, which frameworks decode or normalise away. Repeated slashes between the
 * segments count as one, and those at the end as none.
 */
final class ToolPath {
  private static final String GROUPS = "groups";

  private ToolPath() {}

  /**
   * @param rawPath percent-encoded, without query, for example {@code //files/read%20me} or {@code
   *     /groups/My%20Team/files/read}
   */
  static ToolAddress parse(String rawPath) {
    int start = skipSlashes(rawPath, 0);
    int end = segmentEnd(rawPath, start);
    int group = skipSlashes(rawPath, end);
    if (group == rawPath.length() || !decode(rawPath.substring(start, end)).equals(GROUPS)) {
      return tool(rawPath, start);
    }
    int groupEnd = segmentEnd(rawPath, group);
    return new ToolAddress.Through(
        decode(rawPath.substring(group, groupEnd)), tool(rawPath, skipSlashes(rawPath, groupEnd)));
  }

  private static ToolAddress tool(String rawPath, int start) {
    int slash = segmentEnd(rawPath, start);
    String server = decode(rawPath.substring(start, slash));
    int tool = skipSlashes(rawPath, slash);
    int end = rawPath.length();
    while (end > tool && rawPath.charAt(end - 1) == '/') {
      end--;
    }
    return tool == end
        ? new ToolAddress.Flat(server)
        : new ToolAddress.Of(server, decode(rawPath.substring(tool, end)));
  }

  private static int segmentEnd(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  private static int skipSlashes(String path, int from) {
    int i = from;
    while (i < path.length() && path.charAt(i) == '/') {
      i++;
    }
    return i;
  }

  /** Percent-decoding as RFC 3986 has it: a plus sign is a plus sign. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    try {
      for (int i = 0; i < raw.length; i++) {
        if (raw[i] == '%') {
          decoded.put((byte) HexFormat.fromHexDigits(text(raw, i + 1)));
          i += 2;
        } else {
          decoded.put(raw[i]);
        }
      }
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw Problem.NOT_FOUND.because(
          "The path is not percent-encoded UTF-8. Encode the tool's name as one path segment.");
    }
  }

  private static String text(byte[] raw, int from) {
    if (from + 2 > raw.length) {
      throw new IllegalArgumentException("cut");
    }
    return new String(raw, from, 2, StandardCharsets.ISO_8859_1);
  }
}
