package io.toolgate.tenant;

import java.util.Optional;

/**
 * What a child process may take at most; empty means as much as it likes.
 *
 * @param memoryBytes of all its processes together
 * @param cpus processors' worth of time; 0.5 is half of one
 * @param files open at once, in each of its processes
 */
public record ChildLimits(
    Optional<Long> memoryBytes, Optional<Double> cpus, Optional<Integer> files) {
  public static final ChildLimits NONE =
      new ChildLimits(Optional.empty(), Optional.empty(), Optional.empty());

  public boolean isNone() {
    return memoryBytes.isEmpty() && cpus.isEmpty() && files.isEmpty();
  }
}
