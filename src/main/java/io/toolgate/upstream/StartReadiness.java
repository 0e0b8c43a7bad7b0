package io.toolgate.upstream;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while servers start together with Toolgate, so that a balancer sends calls to another
 * Toolgate meanwhile.
 *
 * <p>Invariant: no server keeps it from being ready when {@link UpstreamSettings#startWait} has
 * passed since Toolgate was started, and none after all were once seen ready or failed.
 */
@Default // as no bean is that has another qualifier
@Readiness
@Singleton
class StartReadiness implements HealthCheck {
  private final Upstreams upstreams;
  private final Instant end;
  private volatile boolean over;

  StartReadiness(Upstreams upstreams, UpstreamSettings settings) {
    this.upstreams = upstreams;
    Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    this.end = start.plus(settings.startWait());
  }

  @Override
  public HealthCheckResponse call() {
    over = over || Instant.now().isAfter(end) || upstreams.all().stream().noneMatch(this::starts);
    return HealthCheckResponse.named("servers").status(over).build();
  }

  private boolean starts(Upstream upstream) {
    return upstream.state() instanceof UpstreamState.Starting;
  }
}
