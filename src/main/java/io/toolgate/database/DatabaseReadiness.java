package io.toolgate.database;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready until the tables are there; a database that goes away later is told by {@code /health}.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements HealthCheck {
  private final Database database;

  DatabaseReadiness(Database database) {
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("database").status(database.isMigrated()).build();
  }
}
