package io.toolgate.upstream;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while servers start together with Toolgate, so that a balancer sends calls to another
 * Toolgate meanwhile.
 *
 * <p>Invariant: no server keeps it from being ready for longer than {@link
 * UpstreamSettings#startWait}, and none after all have once been ready or failed.
 */
@Default // as no bean is that has another qualifier
@Readiness
@Singleton
class StartReadiness implements HealthCheck {
  private final Upstreams upstreams;
  private final Duration wait;
  private volatile boolean over;

  StartReadiness(Upstreams upstreams, UpstreamSettings settings) {
    this.upstreams = upstreams;
    this.wait = settings.startWait();
  }

  @Override
  public HealthCheckResponse call() {
    over = over || upstreams.all().stream().noneMatch(this::isAwaited);
    return HealthCheckResponse.named("servers").status(over).build();
  }

  private boolean isAwaited(Upstream upstream) {
    return upstream.state() instanceof UpstreamState.Starting starting
        && starting.since().plus(wait).isAfter(Instant.now());
  }
}
