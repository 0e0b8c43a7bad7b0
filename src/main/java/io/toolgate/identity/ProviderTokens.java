package io.toolgate.identity;

import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Users of an identity provider such as Entra ID or Keycloak, proven by its tokens. */
final class ProviderTokens {
  static final String WHAT = "The identity provider's token";

  /** Names of the claims that describe the user. */
  record ClaimNames(String email, String name, String id, String groups) {}

  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA");
  private static final long LOG_PAUSE = Duration.ofMinutes(1).toNanos();
  private static final Logger LOG = Logger.getLogger("toolgate.identity");

  private final SigningKeys keys;
  private final TokenCheck check;
  private final ClaimNames names;
  private final LongSupplier nanoTime;
  private final AtomicLong mayLogAt;

  ProviderTokens(
      SigningKeys keys,
      String issuer,
      List<String> audiences,
      ClaimNames names,
      LongSupplier nanoTime) {
    this.keys = keys;
    this.check = TokenCheck.published(WHAT, ALGORITHMS, keys, issuer, audiences);
    this.names = names;
    this.nanoTime = nanoTime;
    this.mayLogAt = new AtomicLong(nanoTime.getAsLong());
  }

  /** Fails with a {@link ProblemException} if the token proves nobody. */
  CompletableFuture<ProvenUser> user(Token token) {
    if (!ALGORITHMS.contains(token.algorithm())) {
      throw Refused.because(WHAT + " is signed with an algorithm that is not accepted for it.");
    }
    return keys.ready(token.signature()).thenApply(ready -> proven(check.verify(token)));
  }

  private ProvenUser proven(Claims claims) {
    String email =
        claims
            .text(names.email())
            .orElseThrow(
                () ->
                    Refused.because(
                        WHAT
                            + " has no claim "
                            + names.email()
                            + ". JWT_EMAIL_CLAIM names the claim that holds the e-mail address."));
    if (names.email().equals("email") && claims.isFalse("email_verified")) {
      throw Refused.because(WHAT + " says that its e-mail address was never verified.");
    }
    Set<String> groups = claims.texts(names.groups());
    if (groups.isEmpty() && claims.leavesOut(names.groups())) {
      logOverage();
    }
    return new ProvenUser(
        Email.of(email, WHAT),
        claims.text(names.id()).orElse(""),
        claims.text(names.name()).orElse(""),
        groups,
        false,
        Proof.PROVIDER_TOKEN);
  }

  private void logOverage() {
    long now = nanoTime.getAsLong();
    long from = mayLogAt.get();
    if (now - from >= 0 && mayLogAt.compareAndSet(from, now + LOG_PAUSE)) {
      LOG.warn(
          "A token of the identity provider carries no groups because there are too many. Let the provider send "
              + "only groups assigned to this application, or keep the groups in the database.");
    }
  }
}
