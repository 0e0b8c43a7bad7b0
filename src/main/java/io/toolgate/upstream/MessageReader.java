package io.toolgate.upstream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
   * Reads a message, or several.
   *
   * @return an array of several; empty when it is something else
   * @throws IOException when it begins as a message does, and cannot be read
   */
  static Optional<JsonNode> read(byte[] buffer, int from, int to) throws IOException {
    int first = begin(buffer, from, to);
    if (!looksLikeJson(buffer, first, to)) {
      return Optional.empty();
    }
    List<JsonNode> messages = new ArrayList<>(1);
    try (JsonParser parser = Json.MAPPER.createParser(buffer, first, to - first)) {
      for (JsonNode value = Json.MAPPER.readTree(parser);
          value != null;
          value = Json.MAPPER.readTree(parser)) {
        (value.isArray() ? value : List.of(value)).forEach(one -> addMessage(one, messages));
      }
    }
    return messages.size() > 1
        ? Optional.of(Json.MAPPER.createArrayNode().addAll(messages))
        : messages.stream().findFirst();
  }

  private static void addMessage(JsonNode value, List<JsonNode> messages) {
    if (isMessage(value)) {
      messages.add(value);
    }
  }

  /** Whether it is a request, a notification or an answer. */
  static boolean isMessage(JsonNode json) {
    return json.isObject() && (hasMethod(json) || isAnswer(json));
  }

  /** A request or a notification. Some languages write empty members of an answer, too. */
  static boolean hasMethod(JsonNode message) {
    return !message.path("method").asText().isEmpty()
        && message.path("method").isTextual()
        && !message.hasNonNull("result");
  }

  /** Whether an answer reports an error; an empty one beside a result is none. */
  static boolean hasError(JsonNode answer) {
    JsonNode error = answer.path("error");
    if (error.isNull() || error.isMissingNode()) {
      return false;
    }
    boolean says =
        error.isTextual()
            ? !error.textValue().isBlank()
            : error.path("code").asInt() != 0 || !error.path("message").asText().isBlank();
    return says || !answer.hasNonNull("result");
  }

  private static boolean isAnswer(JsonNode json) {
    return (json.has("result") || json.has("error")) && (json.has("id") || json.has("jsonrpc"));
  }
}
