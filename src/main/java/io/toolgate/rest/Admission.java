package io.toolgate.rest;

import io.toolgate.identity.Authentication;
import io.toolgate.identity.Caller;
import io.toolgate.identity.Identification;
import io.toolgate.policy.Access;
import io.toolgate.policy.Policy;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What the sender of a request may do here; every resource asks it, whatever the path.
 *
 * <p>Invariant: without proof nothing is answered but what is public, and what the operator has
 * opened to readers without proof; that is not opened to those beyond a proxy, who are more than
 * the operator may have thought of.
 */
@Singleton
class Admission {
  private final Authentication authentication;
  private final Policy policy;

  Admission(Authentication authentication, Policy policy) {
    this.authentication = authentication;
    this.policy = policy;
  }

  /**
   * Lets a request without proof pass on to its resource, which asks again.
   *
   * @throws ProblemException unauthenticated if it asks for something that needs a proof
   */
  void withoutProof(RoutingContext exchange) {
    switch (Asked.of(exchange)) {
      case PROBE, PAGE -> {}
      case DOCUMENT -> document(exchange);
      case LISTING -> listing(exchange);
      case OTHER -> throw Identification.nothingPresented();
    }
  }

  /**
   * @throws ProblemException unauthenticated if the request presents no proof
   */
  Caller caller(RoutingContext exchange) {
    return Door.caller(exchange);
  }

  /**
   * What the sender may use.
   *
   * @throws ProblemException unauthenticated if the request presents no proof
   */
  Access access(RoutingContext exchange) {
    return policy.accessOf(caller(exchange));
  }

  /** What the sender sees in listings, which may be open to readers without proof. */
  Access listing(RoutingContext exchange) {
    return reading(exchange, !authentication.listingNeedsProof());
  }

  /** What the sender sees in documents, which may be open to readers without proof. */
  Access document(RoutingContext exchange) {
    return reading(exchange, authentication.documentIsPublic());
  }

  /**
   * What only administrators and holders of a key may do.
   *
   * @throws ProblemException not-granted to others
   */
  void toRefresh(RoutingContext exchange) {
    if (!access(exchange).refreshes()) {
      throw Problem.NOT_GRANTED.because(
          "Only an administrator or the holder of a key may do this.");
    }
  }

  private Access reading(RoutingContext exchange, boolean open) {
    Optional<Caller> caller = Door.proven(exchange);
    if (caller.isPresent()) {
      return policy.accessOf(caller.get());
    }
    if (!open) {
      throw Identification.nothingPresented();
    }
    if (cameThroughProxy(exchange)) {
      throw Problem.UNAUTHENTICATED.because(
          "This may be read without proof, but not through a proxy, and the request has come through one "
              + "(X-Forwarded-*, Forwarded or Via). Read it directly, or with a key.");
    }
    return policy.withoutProof();
  }

  private static boolean cameThroughProxy(RoutingContext exchange) {
    return exchange.request().headers().names().stream()
        .anyMatch(
            name ->
                name.regionMatches(true, 0, "X-Forwarded-", 0, "X-Forwarded-".length())
                    || name.equalsIgnoreCase("Forwarded")
                    || name.equalsIgnoreCase("Via"));
  }

  /**
   * What the sender may use through the connection of a group. Its document is for nobody without
   * proof: it would tell which groups there are.
   *
   * @throws ProblemException not-found if the sender is not in it
   */
  Access through(String group, RoutingContext exchange) {
    return policy.accessOf(caller(exchange), group).orElseThrow(Policy::noSuchGroup);
  }
}
