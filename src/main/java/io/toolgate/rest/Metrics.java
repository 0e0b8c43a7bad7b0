package io.toolgate.rest;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Serves the metrics at {@code /metrics} too, where Prometheus looks first. */
@Singleton
class Metrics {
  void register(@Observes Router router) {
    router.get("/metrics").handler(exchange -> exchange.reroute("/q/metrics"));
  }
}
