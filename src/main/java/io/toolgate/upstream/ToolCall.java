package io.toolgate.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call of a tool.
 *
 * @param tool by the server's own name
 * @param arguments must not be modified any more
 * @param repeatable whether it does no harm when it is done twice
 * @param meta for the call's {@code _meta}, such as the context of its trace; may be empty
 */
public record ToolCall(
    String tool, ObjectNode arguments, boolean repeatable, ObjectNode meta, Requester requester) {}
