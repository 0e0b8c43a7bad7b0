package io.toolgate.identity;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Which web pages may call, told by the {@code Origin} that their browser sends.
 *
 * <p>Pages of this machine, those that Toolgate serves itself and those in {@code
 * CORS_ALLOW_ORIGINS}. Where callers prove who they are every page may, unless that setting names
 * some: no browser adds a proof by itself, so a foreign page can do no more than any program can.
 * Behind a gateway that is not so: it may know its users by cookies, which browsers do add.
 */
@Singleton
public class Origins {
  private final List<String> allowed;
  private final Authentication authentication;

  Origins(IdentitySettings settings, Authentication authentication) {
    this.allowed = settings.corsAllowOrigins().orElse(List.of());
    this.authentication = authentication;
  }

  /**
   * Judges a request by the page that sends it.
   *
   * @param origin value of the {@code Origin} header, or null when no page sends it
   * @param authority host, and port where it has one, that the request is for; or null
   * @return the problem to answer with, or empty to let it pass
   */
  public Optional<ProblemException> judge(String origin, String authority) {
    boolean passes =
        origin == null
            || Loopback.isLoopbackOrigin(origin)
            || allowed.contains(origin)
            || isOurOwn(origin, authority)
            || allowed.isEmpty() && authentication.configured() && !authentication.behindGateway();
    return passes
        ? Optional.empty()
        : Optional.of(
            Problem.NOT_GRANTED.because(
                "Web pages of this origin are not answered. Add it to CORS_ALLOW_ORIGINS if it is yours."));
  }

  /** Under either scheme, because TLS may end in front of us. */
  private static boolean isOurOwn(String origin, String authority) {
    return authority != null
        && (origin.equals("http://" + authority) || origin.equals("https://" + authority));
  }
}
