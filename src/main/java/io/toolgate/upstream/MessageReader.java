package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Tells messages from everything else that comes from a server, for every transport.
 *
 * <p>It is tolerant: a member that is {@code null} counts as absent, {@code jsonrpc} may be missing
 * where the rest shows what is meant, and a byte order mark stands for nothing.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
final class MessageReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private MessageReader() {}

  /** Where the first byte stands that is neither white space nor part of a byte order mark. */
  static int begin(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to) {
      if (buffer[at] >= 0 && buffer[at] <= ' ') {
        at++;
      } else if (startsWithMark(buffer, at, to)) {
        at += BYTE_ORDER_MARK.length;
      } else {
        return at;
      }
    }
    return to;
  }

  private static boolean startsWithMark(byte[] buffer, int at, int to) {
    return to - at >= BYTE_ORDER_MARK.length
        && buffer[at] == BYTE_ORDER_MARK[0]
        && buffer[at + 1] == BYTE_ORDER_MARK[1]
        && buffer[at + 2] == BYTE_ORDER_MARK[2];
  }

  /** Whether it begins as a message does. */
  static boolean looksLikeJson(byte[] buffer, int from, int to) {
    int first = begin(buffer, from, to);
    return first < to && (buffer[first] == '{' || buffer[first] == '[');
  }

  /**
   * Reads a message.
   *
   * @return empty when it is something else
   * @throws IOException when it begins as a message does, and cannot be read
   */
  static Optional<JsonNode> read(byte[] buffer, int from, int to) throws IOException {
    int first = begin(buffer, from, to);
    if (!looksLikeJson(buffer, first, to)) {
      return Optional.empty();
    }
    return Optional.of(Json.MAPPER.readTree(buffer, first, to - first))
        .filter(MessageReader::isMessage);
  }

  /** Whether it is a request, a notification, an answer, or several of them. */
  static boolean isMessage(JsonNode json) {
    if (json.isArray()) {
      for (JsonNode element : json) {
        if (!element.isObject() || !isMessage(element)) {
          return false;
        }
      }
      return !json.isEmpty();
    }
    return json.isObject() && (hasMethod(json) || isAnswer(json));
  }

  /** A request or a notification. */
  static boolean hasMethod(JsonNode message) {
    return message.path("method").isTextual();
  }

  private static boolean isAnswer(JsonNode json) {
    return (json.has("result") || json.has("error")) && (json.has("id") || json.has("jsonrpc"));
  }
}
