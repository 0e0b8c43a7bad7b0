package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.Sessions.Scope;
import java.util.Optional;

/**
 * Whose session it is.
 *
 * <p>Invariant: no part of it is the caller's word alone. A chat selects a session only together
 * with the proven user whose chat it says it is.
 *
 * @param user the proven e-mail address
 */
record SessionKey(
    Optional<String> user, Optional<String> chat, Optional<GroupCredentials> credentials) {

  /**
   * The session that a call takes; empty if it is the one that all share.
   *
   * @throws ProblemException not-granted when it must be known who calls, and is not
   */
  static Optional<SessionKey> of(Scope scope, Requester requester) {
    if (scope == Scope.SHARED) {
      return requester.credentials().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new SessionKey(Optional.empty(), Optional.empty(), requester.credentials()));
    }
    if (requester.told().email().isEmpty()) {
      throw Problem.NOT_GRANTED.because(
          "This server keeps a session for each user, and the call is of no user. Call it as a user.");
    }
    return Optional.of(
        new SessionKey(
            requester.told().email(),
            scope == Scope.CHAT ? requester.told().chat() : Optional.empty(),
            requester.credentials()));
  }

  /** Whether the other is of the same owner, with newer credentials of the same group. */
  boolean supersededBy(SessionKey other) {
    return user.equals(other.user)
        && chat.equals(other.chat)
        && !credentials.equals(other.credentials)
        && credentials.isPresent()
        && credentials
            .map(GroupCredentials::group)
            .equals(other.credentials.map(GroupCredentials::group));
  }

  /** For the log. */
  String owner() {
    return user.orElseGet(() -> "group " + credentials.map(GroupCredentials::group).orElse(""));
  }
}
