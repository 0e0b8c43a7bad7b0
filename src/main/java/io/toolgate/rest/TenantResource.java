package io.toolgate.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.upstream.Upstream;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The servers in the words of the system that Toolgate replaces, whose clients ask for tenants. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Listings")
public class TenantResource {
  private final Servers servers;
  private final Admission admission;

  TenantResource(Servers servers, Admission admission) {
    this.servers = servers;
    this.admission = admission;
  }

  @GET
  @Path("tenants")
  @Operation(summary = "All servers the caller may use, as tenants")
  public JsonNode tenants(@Context RoutingContext exchange) {
    Visible visible = servers.seenWith(admission.listing(exchange));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("total_tenants", visible.servers().size());
    ArrayNode tenants = answer.putArray("tenants");
    for (Upstream upstream : visible.servers()) {
      ServerDefinition definition = upstream.definition();
      tenants
          .addObject()
          .put("id", definition.name())
          .put("name", definition.displayName())
          .put("enabled", definition.enabled())
          .put("status", upstream.state().word())
          .put("tool_count", visible.tools(upstream).size())
          .put("endpoint", "/" + definition.name());
    }
    return answer;
  }
}
