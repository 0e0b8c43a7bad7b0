package io.toolgate.tenant;

/**
 * How many calls a server is given.
 *
 * @param concurrency at once
 * @param queue waiting for one of those to end; 0 refuses instead
 */
public record CallLimits(int concurrency, int queue) {
  /** Where a definition says nothing. */
  public static final CallLimits DEFAULT = new CallLimits(256, 2048);
}
