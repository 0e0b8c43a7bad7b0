package io.toolgate.rest;

import io.toolgate.audit.ServerMetrics;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Serves the metrics at {@code /metrics} too, where Prometheus looks first, and in both places only
 * to those who may see them: they name servers.
 */
@Singleton
class Metrics {
  private static final int FIRST = -1; // before Quarkus's own, but after all filters

  private final Admission admission;
  private final Upstreams upstreams;
  private final ServerMetrics servers;

  Metrics(Admission admission, Upstreams upstreams, ServerMetrics servers) {
    this.admission = admission;
    this.upstreams = upstreams;
    this.servers = servers;
  }

  void register(@Observes Router router) {
    router.route("/q/metrics*").order(FIRST).handler(this::admit);
    router
        .route("/metrics")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(exchange -> exchange.reroute("/q/metrics"));
  }

  private void admit(RoutingContext exchange) {
    try {
      admission.toRefresh(exchange);
    } catch (ProblemException refusal) {
      exchange.fail(refusal);
      return;
    }
    servers.show(upstreams.all().stream().map(Metrics::figures).toList());
    exchange.next();
  }

  private static ServerMetrics.Figures figures(Upstream upstream) {
    return new ServerMetrics.Figures(
        upstream.definition().name(),
        upstream.state().word(),
        upstream.starts(),
        upstream.ownSessions(),
        upstream.runningCalls(),
        upstream.waitingCalls());
  }
}
