package io.toolgate.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.identity.LoopbackGuard;
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
 * Health for people and load balancers; needs no proof. {@code degraded} means that Toolgate serves
 * but a server does not. The probes of orchestrators are at {@code /q/health/live} and {@code
 * /q/health/ready}.
 */
@Path("/")
@Tag(name = "Health")
public class HealthResource {
  private final Upstreams upstreams;
  private final LoopbackGuard guard;

  HealthResource(Upstreams upstreams, LoopbackGuard guard) {
    this.upstreams = upstreams;
    this.guard = guard;
  }

  @GET
  @Path("health")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "State of Toolgate and of each server that is on")
  public JsonNode health(@Context RoutingContext exchange) {
    List<Upstream> enabled =
        upstreams.all().stream().filter(upstream -> upstream.definition().enabled()).toList();
    boolean degraded =
        enabled.stream().anyMatch(upstream -> upstream.state() instanceof UpstreamState.Failed);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", degraded ? "degraded" : "healthy");
    answer.put("service", "toolgate");
    answer.put(
        "tools_cached", enabled.stream().mapToInt(upstream -> upstream.tools().size()).sum());
    answer.put("tenants", enabled.size());
    answer.put("meta_tools_mode", false);
    if (Door.caller(exchange) != null) {
      ObjectNode servers = answer.putObject("servers");
      enabled.forEach(
          upstream -> servers.put(upstream.definition().name(), upstream.state().word()));
    }
    if (guard.open()) {
      answer.putArray("warnings").add("ALLOW_ANONYMOUS is set: anyone may use every tool.");
    }
    return answer;
  }
}
