package io.toolgate.tenant;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What one group has of its own for one server: all of its set, and nothing of another group's.
 *
 * @param group whose they are
 * @param values by the name of the variable that each stands for
 * @param endpoint where this group's calls go instead of the server's own address
 */
public record GroupCredentials(String group, Map<String, String> values, Optional<URI> endpoint) {
  public GroupCredentials {
    values = Map.copyOf(values);
  }

  /** Leaves out the values, and the address, whose query may hold a secret. */
  @Override
  public String toString() {
    return "credentials of " + group + " " + values.keySet();
  }
}
