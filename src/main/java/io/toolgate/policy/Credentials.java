package io.toolgate.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All groups' own credentials, as they were at one moment.
 *
 * @param sets by group and server
 * @param outdated rows to be encrypted: clear ones, and those under older keys
 * @param warnings what an operator should mend
 */
record Credentials(
    Map<String, Map<String, CredentialSet>> sets,
    List<CredentialRow> outdated,
    List<String> warnings) {
  static final Credentials NONE = new Credentials(Map.of(), List.of(), List.of());

  /** A group's sets for those of these servers that it has one for. */
  Map<String, CredentialSet> of(String group, Set<String> servers) {
    Map<String, CredentialSet> own = new HashMap<>(sets.getOrDefault(group, Map.of()));
    own.keySet().retainAll(servers);
    return Map.copyOf(own);
  }
}
