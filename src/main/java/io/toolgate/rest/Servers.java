package io.toolgate.rest;

import io.toolgate.policy.Access;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The servers as one caller may see them. */
@ApplicationScoped
class Servers {
  private final Upstreams upstreams;
  private final Admission admission;

  Servers(Upstreams upstreams, Admission admission) {
    this.upstreams = upstreams;
    this.admission = admission;
  }

  /** In the order of the definitions, also those that are off. */
  List<Upstream> visible(RoutingContext exchange) {
    Access access = admission.listing(exchange);
    return upstreams.all().stream()
        .filter(upstream -> access.grants(upstream.definition().name()))
        .toList();
  }

  /**
   * One server.
   *
   * @throws ProblemException not-found when there is none of this name, not-granted when the caller
   *     may not see it
   */
  Upstream visible(String name, RoutingContext exchange) {
    Upstream upstream =
        upstreams
            .find(name)
            .orElseThrow(
                () ->
                    Problem.NOT_FOUND.because("There is no such server. GET /servers lists them."));
    if (!admission.listing(exchange).grants(name)) {
      throw Problem.NOT_GRANTED.because(
          "You have no access to this server. Ask an administrator to grant it.");
    }
    return upstream;
  }

  /** Why a server that is known has no document. */
  ProblemException notServed(String name, RoutingContext exchange) {
    boolean diagnosing = admission.listing(exchange).diagnoses();
    return upstreams
        .find(name)
        .flatMap(upstream -> upstream.whyDown(diagnosing))
        .orElseGet(() -> Problem.NOT_FOUND.because("The server is not served."));
  }
}
