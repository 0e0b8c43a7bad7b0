package io.toolgate.upstream;

import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Told;
import java.util.Optional;

/**
 * What a session is opened to, and for whom.
 *
 * @param told of whom the server is told when it starts, if it asks for it
 * @param guard judges where the server's address leads; empty for one out of a tenant file
 */
record Opening(ServerDefinition definition, Told told, Optional<EndpointGuard> guard) {}
