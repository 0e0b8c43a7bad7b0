package io.toolgate.tenant;

import java.util.List;

/**
 * A server as the callers of one group get it.
 *
 * @param server like the definition of all others where the group brings nothing that counts; off
 *     where what it brings cannot be used
 * @param warnings what the group brings in vain, a sentence each, with names and never values
 */
public record GroupDefinition(ServerDefinition server, List<String> warnings) {

  public GroupDefinition {
    warnings = List.copyOf(warnings);
  }
}
