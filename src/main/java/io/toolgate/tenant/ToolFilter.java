package io.toolgate.tenant;

import java.util.Optional;
import java.util.Set;

/**
 * Which tools of a server are served: those in {@code enabled} when it is given, minus those in
 * {@code disabled}.
 *
 * @param enabled exact tool names, or empty for all
 * @param disabled exact tool names
 */
public record ToolFilter(Optional<Set<String>> enabled, Set<String> disabled) {
  /** Serves everything. */
  public static final ToolFilter ALL = new ToolFilter(Optional.empty(), Set.of());

  public ToolFilter {
    enabled = enabled.map(Set::copyOf);
    disabled = Set.copyOf(disabled);
  }

  public boolean serves(String tool) {
    return enabled.map(names -> names.contains(tool)).orElse(true) && !disabled.contains(tool);
  }
}
