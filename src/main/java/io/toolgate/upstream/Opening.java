package io.toolgate.upstream;

import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.GroupDefinition;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Told;
import org.jboss.logging.Logger;

/**
 * What a session is opened to, and for whom.
 *
 * @param told of whom the server is told when it starts, if it asks for it
 * @param guard knows where hosts are, and judges an address that is not out of a tenant file
 */
record Opening(ServerDefinition definition, Told told, EndpointGuard guard) {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  /** To the server as a group's callers get it. */
  static Opening with(
      GroupCredentials credentials, ServerDefinition definition, Told told, EndpointGuard guard) {
    GroupDefinition own = definition.forGroup(credentials);
    own.warnings().forEach(warning -> LOG.warnf("%-24s %s", definition.name(), warning));
    return new Opening(own.server(), told, guard);
  }
}
