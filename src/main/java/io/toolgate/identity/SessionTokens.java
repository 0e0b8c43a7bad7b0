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
 *
 * <p>Invariant: a token that never expires, where such are accepted at all, is worth what the table
 * says of its user, not older than {@link KnownUsers#KEPT}, and nothing without it. It says itself
 * only what was so when somebody signed in.
 */
final class SessionTokens {
  static final String WHAT = "The session token";

  private static final String ENDLESS =
      " never expires (it has no exp): Open WebUI makes such tokens with JWT_EXPIRES_IN=-1, its default up to 0.6.33. "
          + "Set JWT_EXPIRES_IN there, for example to 4w, and sign in again; or set "
          + "ALLOW_SESSIONS_WITHOUT_EXPIRY=true for Toolgate.";

  private final TokenCheck check;
  private final KnownUsers users;
  private final boolean endless;

  /**
   * @param users null where Open WebUI's table cannot be asked
   * @param endless whether tokens that never expire are accepted
   */
  SessionTokens(String secret, KnownUsers users, boolean endless) {
    this.check = TokenCheck.sharedForEver(WHAT, secret);
    this.users = users;
    this.endless = endless;
  }

  /**
   * @throws ProblemException if the token proves nobody
   */
  CompletableFuture<ProvenUser> user(Token token) {
    Claims claims = check.verify(token);
    if (claims.neverExpire() && !endless) {
      throw Refused.because(WHAT + ENDLESS);
    }
    String id =
        claims.text("id").orElseThrow(() -> Refused.because(WHAT + " names no user (no id)."));
    Optional<String> email =
        trusted(claims, "email").or(() -> trusted(claims, "preferred_username"));
    Optional<String> role = trusted(claims, "role");
    if (email.isPresent() && (role.isPresent() || users == null)) {
      return CompletableFuture.completedFuture(proven(claims, id, email.get(), role.orElse(null)));
    }
    if (users == null) {
      throw Refused.because(
          WHAT
              + (claims.neverExpire() ? " never expires" : " names no e-mail address")
              + ", and the users of Open WebUI cannot be looked up: set DATABASE_URL to its database.");
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

  /** What a token says of its user, if that is no older than the token's time is long. */
  private static Optional<String> trusted(Claims claims, String name) {
    return claims.neverExpire() ? Optional.empty() : claims.text(name);
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
