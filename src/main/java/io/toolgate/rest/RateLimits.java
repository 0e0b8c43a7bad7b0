package io.toolgate.rest;

import io.toolgate.identity.Authentication;
import io.toolgate.identity.Caller;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * How many requests a minute each sender may make: a user, or a key that names none, whatever the
 * address; and an address whose requests prove nobody, so that one who tries out proofs is slowed
 * down and takes nothing from those who have some.
 *
 * <p>Invariants: who has proven themselves reads as much as they like, documents and listings above
 * all. A probe is never refused, or the limit would let an orchestrator end a Toolgate that is
 * well; it counts only when it presents a proof that is bad. A valid proof counts nothing for its
 * address, which may be everybody's, as that of Open WebUI is.
 *
 * <p>The answers to counted requests tell what remains, in the fields of
 * draft-ietf-httpapi-ratelimit-headers-06, the last one with a field for each number, which is what
 * clients know.
 */
@Singleton
class RateLimits {
  private final Authentication authentication;
  private final boolean enabled;
  private final Allowances users;
  private final Allowances addresses;

  RateLimits(RateSettings settings, Authentication authentication) {
    this.authentication = authentication;
    this.enabled = settings.enabled();
    this.users = new Allowances(settings.perUser(), System::nanoTime);
    this.addresses = new Allowances(settings.perAddress(), System::nanoTime);
  }

  /**
   * Counts a request of which it is known who sent it.
   *
   * @throws ProblemException too-many-calls when the sender has none left
   */
  void count(RoutingContext exchange) {
    if (!enabled) {
      return;
    }
    Optional<Caller> caller = Door.proven(exchange);
    boolean probe = Asked.of(exchange) == Asked.PROBE;
    if (caller.isPresent() ? isRead(exchange) : probe && !Door.hasBadProof(exchange)) {
      return;
    }
    Optional<String> name = caller.flatMap(RateLimits::name);
    Allowance left = name.map(users::take).orElseGet(() -> addresses.take(address(exchange)));
    tell(left, exchange.response().headers());
    if (!left.passes() && !probe) {
      throw Problem.TOO_MANY_CALLS
          .because(
              name.isPresent()
                  ? "You have made as many requests as you may in a minute (%d). Try again in %d s."
                      .formatted(left.limit(), left.retryAfterSeconds())
                  : "Your address has made as many requests without a valid proof as it may in a minute (%d). Try again in %d s."
                      .formatted(left.limit(), left.retryAfterSeconds()))
          .retryAfter(left.retryAfterSeconds());
    }
  }

  private static boolean isRead(RoutingContext exchange) {
    HttpMethod method = exchange.request().method();
    return method == HttpMethod.GET || method == HttpMethod.HEAD;
  }

  /** Empty for those who prove nothing because nothing is asked of them. */
  private static Optional<String> name(Caller caller) {
    if (caller instanceof Caller.User user) {
      return Optional.of("user:" + user.email());
    }
    return caller instanceof Caller.Service service
        ? Optional.of("key:" + service.name())
        : Optional.empty();
  }

  private String address(RoutingContext exchange) {
    return authentication.subscriber(
        Door.peer(exchange), exchange.request().headers().getAll("X-Forwarded-For"));
  }

  private static void tell(Allowance left, MultiMap headers) {
    headers.set("RateLimit-Limit", Integer.toString(left.limit()));
    headers.set("RateLimit-Remaining", Integer.toString(left.remaining()));
    headers.set("RateLimit-Reset", Integer.toString(left.fullAfterSeconds()));
  }
}
