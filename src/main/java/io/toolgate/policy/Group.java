package io.toolgate.policy;

import java.util.Map;

/**
 * A group and what it grants. By identity: there is one of each name in a {@link Grants}.
 *
 * @param servers by name; never holds {@link Tools#NONE}
 */
record Group(String name, Map<String, Tools> servers) implements Reach {
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
