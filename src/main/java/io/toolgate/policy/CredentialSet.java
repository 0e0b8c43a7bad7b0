package io.toolgate.policy;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;

/**
 * What the database holds of one group's own credentials for one server.
 *
 * <p>Invariant: a set is used whole or not at all.
 */
sealed interface CredentialSet {
  String group();

  /**
   * @throws ProblemException upstream-unavailable if the set cannot be used; never is there another
   *     to use in its place
   */
  GroupCredentials orThrow();

  record Usable(GroupCredentials credentials) implements CredentialSet {
    @Override
    public String group() {
      return credentials.group();
    }

    @Override
    public GroupCredentials orThrow() {
      return credentials;
    }
  }

  /** A row of it cannot be read; the log says which. */
  record Unusable(String group, String server) implements CredentialSet {
    @Override
    public GroupCredentials orThrow() {
      throw Problem.UPSTREAM_UNAVAILABLE.because(
          "The group %s has credentials of its own for %s, which cannot be read at the moment. Ask an administrator to look at the warnings of Toolgate."
              .formatted(group, server));
    }
  }
}
