package io.toolgate.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.identity.RequestHeaders;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Hands the context of a caller's trace on to the server, in {@code _meta}, where MCP puts it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class TraceContext {
  private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();
  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

  private TraceContext() {}

  /**
   * The {@code _meta} of a call, not to be modified; empty where the caller has no trace, or none
   * that is well-formed.
   */
  static ObjectNode of(RequestHeaders headers) {
    List<String> parent = headers.all("traceparent");
    if (parent.size() != 1 || !PARENT.matcher(parent.get(0)).matches()) {
      return NONE;
    }
    ObjectNode meta = JsonNodeFactory.instance.objectNode().put("traceparent", parent.get(0));
    String state = String.join(",", headers.all("tracestate"));
    if (STATE.matcher(state).matches()) {
      meta.put("tracestate", state);
    }
    return meta;
  }
}
