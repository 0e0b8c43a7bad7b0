package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Users signed in to Open WebUI, proven by the token of their session.
 *
 * <p>The token names its user by id alone; e-mail and role come from its claims where it has them,
 * else from Open WebUI's own table.
 */
final class SessionTokens {
  static final String WHAT = "The session token";

  private final TokenCheck check;
  private final KnownUsers users;

  /**
   * @param users null where Open WebUI's table cannot be asked
   */
  SessionTokens(String secret, KnownUsers users) {
    this.check = TokenCheck.shared(WHAT, secret, null);
    this.users = users;
  }

  /**
   * @throws ProblemException if the token proves nobody
   */
  CompletableFuture<ProvenUser> user(Token token) {
    Claims claims = check.verify(token);
    String id =
        claims.text("id").orElseThrow(() -> Refused.because(WHAT + " names no user (no id)."));
    Optional<String> email = claims.text("email").or(() -> claims.text("preferred_username"));
    Optional<String> role = claims.text("role");
    if (email.isPresent() && (role.isPresent() || users == null)) {
      return CompletableFuture.completedFuture(proven(claims, id, email.get(), role.orElse(null)));
    }
    if (users == null) {
      throw Refused.because(
          WHAT
              + " names no e-mail address, and the users of Open WebUI cannot be looked up: set DATABASE_URL "
              + "to its database.");
    }
    return users
        .find(id)
        .thenApply(
            found -> {
              DirectoryUser user =
                  found.orElseThrow(
                      () -> Refused.because(WHAT + " names a user that Open WebUI does not know."));
              return proven(claims, id, email.orElse(user.email()), role.orElse(user.role()));
            });
  }

  private static ProvenUser proven(Claims claims, String id, String email, String role) {
    return new ProvenUser(
        Email.of(email, WHAT),
        id,
        claims.text("name").orElse(""),
        Set.of(),
        ProvenUser.isAdmin(role),
        Proof.SESSION_TOKEN);
  }
}
