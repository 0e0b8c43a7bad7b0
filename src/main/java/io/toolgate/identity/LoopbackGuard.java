package io.toolgate.identity;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Keeps a Toolgate without authentication to this machine.
 *
 * <p>Invariant: while no authentication is configured and anonymous callers are not allowed, a
 * request is answered only if it names this machine. Listening on loopback is not enough: a page in
 * the user's browser reaches loopback too, by a DNS name that was rebound to it (seen by the {@code
 * Host}), or directly (seen by {@link Origins}).
 */
@Singleton
public class LoopbackGuard {
  private final boolean allowAnonymous;
  private final Optional<String> publishedOn;

  LoopbackGuard(IdentitySettings settings) {
    this.allowAnonymous = settings.allowAnonymous();
    this.publishedOn = settings.publishedOn();
  }

  /**
   * Why an address to listen on cannot be one of a Toolgate without authentication: others reach
   * it.
   *
   * <p>In a container every address is one of the container; who reaches it is decided by where its
   * port is published.
   *
   * @return a sentence's beginning; empty if only this machine reaches it, or everybody may
   */
  public Optional<String> reachable(String host) {
    if (allowAnonymous || Loopback.isLoopback(publishedOn.orElse(host))) {
      return Optional.empty();
    }
    return Optional.of(
        publishedOn
            .map(address -> "The port is published on " + address)
            .orElse("HOST is " + host));
  }

  /**
   * Judges a request by the host it is for; only while no authentication is configured.
   *
   * @param host without port; null when it names none
   * @return the problem to answer with, or empty to let it pass
   */
  public Optional<ProblemException> judge(String host) {
    return allowAnonymous || host != null && Loopback.isLoopback(host)
        ? Optional.empty()
        : Optional.of(
            Problem.NOT_GRANTED.because(
                "Without a key Toolgate answers only requests to localhost. Start it with one (--api-key or "
                    + "MCP_API_KEY) and send that as \"Authorization: Bearer ...\"; in Open WebUI it goes into the "
                    + "connection, as Auth Bearer. ALLOW_ANONYMOUS=true serves everybody without any proof."));
  }

  /** Whether callers without proof are served wherever they are; said in the log and in health. */
  public boolean open() {
    return allowAnonymous;
  }
}
