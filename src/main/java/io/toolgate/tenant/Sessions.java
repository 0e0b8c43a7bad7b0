package io.toolgate.tenant;

import java.time.Duration;

/**
 * Who shares a running server, and for how long it runs.
 *
 * @param onDemand started by the first call and stopped when idle; always so unless shared
 * @param idleTimeout time without a call after which it is stopped, if it was started on demand
 * @param max sessions at once, of all users
 * @param maxPerUser sessions at once of one user
 */
public record Sessions(
    Scope scope, boolean onDemand, Duration idleTimeout, int max, int maxPerUser) {
  /** Where a definition says nothing. */
  public static final Sessions DEFAULT =
      new Sessions(Scope.SHARED, false, Duration.ofMinutes(10), 64, 4);

  /** Who has a session, or for a child process a process, of their own. */
  public enum Scope {
    SHARED,
    USER,
    CHAT
  }

  public Sessions {
    onDemand |= scope != Scope.SHARED;
  }
}
