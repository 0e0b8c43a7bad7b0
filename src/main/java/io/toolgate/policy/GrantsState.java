package io.toolgate.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * How it is with the grants in memory, for health.
 *
 * @param known whether they may be used: they were read, and are not too old
 * @param age for how long they are not known to be current; empty if they were never read
 * @param warning what an operator should mend in them
 */
public record GrantsState(boolean known, Optional<Duration> age, Optional<String> warning) {
  static final GrantsState NEVER_READ = new GrantsState(false, Optional.empty(), Optional.empty());
}
