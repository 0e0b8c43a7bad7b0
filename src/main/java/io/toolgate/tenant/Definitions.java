package io.toolgate.tenant;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the tenant files say, free of mistakes.
 *
 * @param byName all servers, also those that are off, in the order of the files
 * @param warnings what was tolerated, one line each, with file and JSON pointer
 */
public record Definitions(Map<String, ServerDefinition> byName, List<String> warnings) {

  public Definitions {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    warnings = List.copyOf(warnings);
  }

  public Collection<ServerDefinition> servers() {
    return byName.values();
  }

  public Optional<ServerDefinition> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
