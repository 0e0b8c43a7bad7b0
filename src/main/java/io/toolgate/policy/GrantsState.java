package io.toolgate.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How it is with the grants in memory, for health.
 *
 * @param known whether they may be used: they were read, and are not too old
 * @param age for how long they are not known to be current; empty if they were never read
 * @param warnings what an operator should mend in them, a sentence or two each
 */
public record GrantsState(boolean known, Optional<Duration> age, List<String> warnings) {
  static final GrantsState NEVER_READ = new GrantsState(false, Optional.empty(), List.of());
}
