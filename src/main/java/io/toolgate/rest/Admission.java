package io.toolgate.rest;

import io.toolgate.identity.Caller;
import io.toolgate.policy.Access;
import io.toolgate.policy.Policy;
import io.toolgate.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** What the sender of a request may do here; every resource asks it, whatever the path. */
@ApplicationScoped
class Admission {
  private final Policy policy;

  Admission(Policy policy) {
    this.policy = policy;
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
    return access(exchange);
  }

  /** What the sender sees in documents, which may be open to readers without proof. */
  Access document(RoutingContext exchange) {
    return access(exchange);
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
