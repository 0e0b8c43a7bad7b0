package io.toolgate.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.database.Database;
import io.toolgate.database.DatabaseState;
import io.toolgate.identity.Authentication;
import io.toolgate.identity.LoopbackGuard;
import io.toolgate.policy.Access;
import io.toolgate.policy.GrantsState;
import io.toolgate.policy.Policy;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.LiveDefinitions;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.UpstreamState;
import io.toolgate.upstream.Upstreams;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Health for people and load balancers; needs no proof, but without one it tells no more than state
 * and numbers. {@code degraded} means that Toolgate serves but a server or the database does not,
 * or that no server is on: it does nothing for anybody, and whoever reads one word must see that;
 * {@code unhealthy}, with status 503, that no user can be served because nobody's grants are known.
 * The probes of orchestrators are at {@code /q/health/live} and {@code /q/health/ready}.
 */
@Path("/")
@Tag(name = "Health")
public class HealthResource {
  /** Grants that are confirmed later than this are a sign of trouble, though they still count. */
  private static final Duration USUAL_AGE = Duration.ofSeconds(15);

  /** Tells those without proof no more than the number of servers does. */
  private static final String NOTHING_ON =
      "No server is on, so there are no tools. Servers marked as demo are on only while no authentication is"
          + " configured; ENABLE_SERVERS=time,memory switches on those that it names, and a server that needs"
          + " variables is on when they are set. GET /servers says of each why it is off.";

  private final Admission admission;
  private final Authentication authentication;
  private final Policy policy;
  private final LiveDefinitions definitions;
  private final Upstreams upstreams;
  private final LoopbackGuard guard;
  private final Database database;

  HealthResource(
      Admission admission,
      Authentication authentication,
      Policy policy,
      LiveDefinitions definitions,
      Upstreams upstreams,
      LoopbackGuard guard,
      Database database) {
    this.admission = admission;
    this.authentication = authentication;
    this.policy = policy;
    this.definitions = definitions;
    this.upstreams = upstreams;
    this.guard = guard;
    this.database = database;
  }

  @GET
  @Path("health")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "State of Toolgate and of each server that is on")
  public Response health(@Context RoutingContext exchange) {
    List<Upstream> enabled =
        upstreams.all().stream().filter(upstream -> upstream.definition().enabled()).toList();
    GrantsState grants = policy.grantsState();
    boolean idle = upstreams.all().stream().noneMatch(Upstream::serves);
    boolean unhealthy = authentication.configured() && !grants.known();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put(
        "status",
        unhealthy ? "unhealthy" : idle || isDegraded(enabled, grants) ? "degraded" : "healthy");
    answer.put("service", "toolgate");
    answer.put(
        "tools_cached", enabled.stream().mapToInt(upstream -> upstream.tools().size()).sum());
    answer.put("tenants", enabled.size());
    answer.put("meta_tools_mode", false);
    answer.put("database", database.state().word());
    List<String> warnings = new ArrayList<>();
    if (idle) {
      warnings.add(NOTHING_ON);
    }
    if (Door.proven(exchange).isPresent()) {
      details(answer, enabled, grants, exchange, warnings);
    }
    if (!warnings.isEmpty()) {
      warnings.forEach(answer.putArray("warnings")::add);
    }
    return Response.status(unhealthy ? Response.Status.SERVICE_UNAVAILABLE : Response.Status.OK)
        .entity(answer)
        .build();
  }

  private boolean isDegraded(List<Upstream> enabled, GrantsState grants) {
    DatabaseState state = database.state();
    return definitions.refused().isPresent()
        || state == DatabaseState.DOWN
        || state == DatabaseState.DEAF
        || grants.age().filter(age -> age.compareTo(USUAL_AGE) > 0).isPresent()
        || enabled.stream()
            .anyMatch(
                upstream ->
                    upstream.state() instanceof UpstreamState.Failed
                        || upstream.state() instanceof UpstreamState.Degraded);
  }

  private void details(
      ObjectNode answer,
      List<Upstream> enabled,
      GrantsState grants,
      RoutingContext exchange,
      List<String> warnings) {
    answer.put("database_kind", database.isEmbedded() ? "embedded" : "external");
    ObjectNode servers = answer.putObject("servers");
    if (guard.open()) {
      warnings.add("ALLOW_ANONYMOUS is set: anyone may use every tool.");
    }
    try {
      Access access = admission.access(exchange);
      enabled.stream()
          .filter(upstream -> access.grants(upstream.definition().name()))
          .forEach(upstream -> servers.put(upstream.definition().name(), upstream.state().word()));
      if (access.refreshes()) {
        warnings.addAll(grants.warnings());
        warnings.addAll(database.seedMistakes());
        if (!upstreams.confinement().works()) {
          warnings.add(upstreams.confinement().state());
        }
        definitions
            .refused()
            .ifPresent(
                refused -> {
                  ObjectNode entry = answer.putObject("definitions_refused");
                  entry.put("since", refused.since().toString());
                  refused.mistakes().forEach(entry.putArray("mistakes")::add);
                });
      }
    } catch (ProblemException unknown) {
      // Nothing can be said to be granted, and health is answered all the same.
    }
  }
}
