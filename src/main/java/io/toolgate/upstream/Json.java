package io.toolgate.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How messages of MCP servers are read: numbers keep their exact value, and one text may be as
 * large as an answer may be.
 */
final class Json {
  /** Largest message accepted from a server, in bytes. */
  static final int MAX_MESSAGE = 64 * 1024 * 1024;

  static final String TOO_LARGE =
      "The server's answer is larger than "
          + (MAX_MESSAGE >> 20)
          + " MB and was refused. Ask for less at a time.";

  static final String UNREADABLE =
      "The server's answer cannot be read: it is no valid JSON, nested too deeply, or holds a number"
          + " of too many digits.";

  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_MESSAGE)
                          .maxNestingDepth(500)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /** A message as it is sent. */
  static byte[] bytes(ObjectNode message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree of plain nodes can always be written
    }
  }
}
