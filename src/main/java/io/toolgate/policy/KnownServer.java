package io.toolgate.policy;

import java.util.Map;
import java.util.Optional;

/**
 * A server that rows may name, on or off.
 *
 * @param tools by the name that the server gives each: the name that documents give it; empty until
 *     the server told which it has
 */
public record KnownServer(Optional<Map<String, String>> tools) {}
