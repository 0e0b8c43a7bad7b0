package io.toolgate.tenant;

import io.toolgate.problem.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

  /** What the filter names although the server has no such tool, a sentence each. */
  public List<String> strangers(Collection<String> tools) {
    return Stream.of(
            Map.entry("enabledTools", enabled.orElse(Set.of())),
            Map.entry("disabledTools", disabled))
        .flatMap(
            key ->
                key.getValue().stream()
                    .sorted()
                    .filter(name -> !tools.contains(name))
                    .map(name -> stranger(key.getKey(), name, tools)))
        .toList();
  }

  private static String stranger(String key, String name, Collection<String> tools) {
    return "%s names \"%s\", which is no tool of it%s"
        .formatted(
            key,
            name,
            Spelling.nearest(name, tools)
                .map(tool -> "; did you mean \"" + tool + "\"?")
                .orElse(""));
  }

  public boolean serves(String tool) {
    return enabled.map(names -> names.contains(tool)).orElse(true) && !disabled.contains(tool);
  }
}
