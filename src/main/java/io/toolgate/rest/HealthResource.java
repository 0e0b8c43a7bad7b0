package io.toolgate.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.database.Database;
import io.toolgate.database.DatabaseState;
import io.toolgate.identity.LoopbackGuard;
import io.toolgate.policy.Access;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.UpstreamState;
import io.toolgate.upstream.Upstreams;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Health for people and load balancers; needs no proof, but without one it tells no more than state
 * and numbers. {@code degraded} means that Toolgate serves but a server or the database does not.
 * The probes of orchestrators are at {@code /q/health/live} and {@code /q/health/ready}.
 */
@Path("/")
@Tag(name = "Health")
public class HealthResource {
  private final Admission admission;
  private final Upstreams upstreams;
  private final LoopbackGuard guard;
  private final Database database;

  HealthResource(Admission admission, Upstreams upstreams, LoopbackGuard guard, Database database) {
    this.admission = admission;
    this.upstreams = upstreams;
    this.guard = guard;
    this.database = database;
  }

  @GET
  @Path("health")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "State of Toolgate and of each server that is on")
  public JsonNode health(@Context RoutingContext exchange) {
    List<Upstream> enabled =
        upstreams.all().stream().filter(upstream -> upstream.definition().enabled()).toList();
    DatabaseState databaseState = database.state();
    boolean degraded =
        databaseState == DatabaseState.DOWN
            || databaseState == DatabaseState.DEAF
            || enabled.stream()
                .anyMatch(upstream -> upstream.state() instanceof UpstreamState.Failed);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", degraded ? "degraded" : "healthy");
    answer.put("service", "toolgate");
    answer.put(
        "tools_cached", enabled.stream().mapToInt(upstream -> upstream.tools().size()).sum());
    answer.put("tenants", enabled.size());
    answer.put("meta_tools_mode", false);
    answer.put("database", databaseState.word());
    if (Door.proven(exchange).isPresent()) {
      details(answer, enabled, exchange);
    }
    return answer;
  }

  private void details(ObjectNode answer, List<Upstream> enabled, RoutingContext exchange) {
    answer.put("database_kind", database.isEmbedded() ? "embedded" : "external");
    ObjectNode servers = answer.putObject("servers");
    try {
      Access access = admission.access(exchange);
      enabled.stream()
          .filter(upstream -> access.grants(upstream.definition().name()))
          .forEach(upstream -> servers.put(upstream.definition().name(), upstream.state().word()));
    } catch (ProblemException unknown) {
      // Nothing can be said to be granted, and health is answered all the same.
    }
    if (guard.open()) {
      answer.putArray("warnings").add("ALLOW_ANONYMOUS is set: anyone may use every tool.");
    }
  }
}
