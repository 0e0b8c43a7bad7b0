package io.toolgate.policy;

import java.util.Map;

/**
 * A group and what it grants. By identity: there is one of each name in a {@link Grants}.
 *
 * @param servers by name; never holds {@link Tools#NONE}
 * @param credentials its own, by server; none for a server that it does not grant
 */
record Group(String name, Map<String, Tools> servers, Map<String, CredentialSet> credentials)
    implements Reach {
  @Override
  public Tools of(String server) {
    return servers.getOrDefault(server, Tools.NONE);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
