package io.toolgate.policy;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready until the grants were read, because until then every user is refused. Once they were it
 * stays ready, as with {@code DatabaseReadiness}: without the database keys still go on.
 */
@Default // as no bean is that has another qualifier
@Readiness
@Singleton
class GrantsReadiness implements HealthCheck {
  private final CurrentGrants grants;

  GrantsReadiness(CurrentGrants grants) {
    this.grants = grants;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("grants").status(grants.state().age().isPresent()).build();
  }
}
