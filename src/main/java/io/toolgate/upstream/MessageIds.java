package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads the ids and progress tokens that servers send back. Ours are small whole numbers, which a
 * server may keep as whatever its language makes of a number and write in another spelling.
 *
 * @see <a href="https://www.jsonrpc.org/specification#response_object">JSON-RPC 2.0, Response
 *     object</a>
 */
final class MessageIds {
  /** Stands for what is no id of ours. */
  static final long NONE = -1;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,40}(?:\\.\\d{0,40})?(?:[eE][+-]?\\d{1,2})?");

  private static final int MOST_DIGITS = 18;

  private MessageIds() {}

  /** The whole number that the id spells, as a number or as text; {@link #NONE} if it is none. */
  static long read(JsonNode id) {
    if (id.isInt() || id.isLong()) {
      return positive(id.longValue());
    }
    return id.isNumber() || id.isTextual() ? read(id.asText()) : NONE;
  }

  /** Likewise of an id as it is written, without quotation marks. */
  static long read(String text) {
    String spelled = text.strip();
    if (!NUMBER.matcher(spelled).matches()) {
      return NONE;
    }
    BigDecimal value = new BigDecimal(spelled.startsWith("+") ? spelled.substring(1) : spelled);
    if (value.signum() <= 0 || value.precision() - value.scale() > MOST_DIGITS) {
      return NONE;
    }
    BigDecimal whole = value.stripTrailingZeros();
    return whole.scale() <= 0 ? whole.longValueExact() : NONE;
  }

  private static long positive(long value) {
    return value > 0 ? value : NONE;
  }
}
