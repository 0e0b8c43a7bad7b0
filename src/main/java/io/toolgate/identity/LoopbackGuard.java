package io.toolgate.identity;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a Toolgate without authentication to this machine.
 *
 * <p>Invariant: while no authentication is configured and anonymous callers are not allowed, a
 * request is answered only if it names this machine and comes from no foreign web page. Listening
 * on loopback is not enough: a page in the user's browser reaches loopback too, directly (seen by
 * its {@code Origin}) or by a DNS name that was rebound to it (seen by the {@code Host}).
 */
@ApplicationScoped
public class LoopbackGuard {
  private final boolean allowAnonymous;
  private final List<String> origins;

  LoopbackGuard(IdentitySettings settings) {
    this.allowAnonymous = settings.allowAnonymous();
    this.origins = settings.corsAllowOrigins().orElse(List.of());
  }

  /**
   * Judges a request by where it says it comes from.
   *
   * @param host the host the request is for, without port; null when it names none
   * @param origin value of the {@code Origin} header, or null
   * @return the problem to answer with, or empty to let it pass
   */
  public Optional<ProblemException> judge(String host, String origin) {
    if (allowAnonymous) {
      return Optional.empty();
    }
    if (host == null || !Loopback.isLoopback(host)) {
      return Optional.of(
          Problem.NOT_GRANTED.because(
              "Without authentication Toolgate answers only requests to localhost. Set ALLOW_ANONYMOUS=true to "
                  + "serve others without proof."));
    }
    if (origin != null && !Loopback.isLoopbackOrigin(origin) && !origins.contains(origin)) {
      return Optional.of(
          Problem.NOT_GRANTED.because(
              "Without authentication Toolgate answers no web page of another origin. Add the origin to "
                  + "CORS_ALLOW_ORIGINS if it is yours."));
    }
    return Optional.empty();
  }

  /** Whether callers without proof are served wherever they are; said in the log and in health. */
  public boolean open() {
    return allowAnonymous;
  }
}
