package io.toolgate.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.call.ArgumentChecks;
import io.toolgate.catalog.Tool;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.upstream.LiveDefinitions;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.UpstreamState;
import io.toolgate.upstream.Upstreams;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Listings for people and scripts: servers with their live state, and tools with their own schemas.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Listings")
public class ListingResource {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Servers servers;
  private final Admission admission;
  private final ArgumentChecks checks;
  private final LiveDefinitions definitions;
  private final Upstreams upstreams;

  ListingResource(
      Servers servers,
      Admission admission,
      ArgumentChecks checks,
      LiveDefinitions definitions,
      Upstreams upstreams) {
    this.servers = servers;
    this.admission = admission;
    this.checks = checks;
    this.definitions = definitions;
    this.upstreams = upstreams;
  }

  @GET
  @Path("servers")
  @Operation(summary = "All servers the caller may see, with their live state")
  public JsonNode servers(@Context RoutingContext exchange) {
    Visible visible = visible(exchange);
    ObjectNode answer = NODES.objectNode().put("total_servers", visible.servers().size());
    ArrayNode list = answer.putArray("servers");
    TreeMap<String, Integer> tiers = new TreeMap<>();
    for (Upstream upstream : visible.servers()) {
      ServerDefinition definition = upstream.definition();
      String path = "/" + definition.name();
      ObjectNode entry = list.addObject().put("id", definition.name());
      describe(entry, upstream, visible);
      entry.put("tool_count", visible.tools(upstream).size());
      entry.put("endpoint", path).put("tools_endpoint", path);
      tiers.merge(definition.tier(), 1, Integer::sum);
    }
    ObjectNode byTier = answer.putObject("by_tier");
    tiers.forEach(byTier::put);
    usage(answer, "/{server}");
    return answer;
  }

  @GET
  @Path("{server}")
  @Operation(summary = "One server and its tools, with their untouched JSON Schemas")
  public JsonNode server(@RestPath String server, @Context RoutingContext exchange) {
    Visible visible = visible(exchange);
    if (!servers.knows(server)) {
      throw new NotFoundException(); // any word may stand there
    }
    Upstream upstream = visible.server(server);
    List<Tool> listed = visible.tools(upstream);
    ObjectNode answer = NODES.objectNode().put("server", server);
    describe(answer, upstream, visible);
    answer.put("tool_count", listed.size());
    ArrayNode tools = answer.putArray("tools");
    listed.forEach(tool -> tools.add(describe(tool)));
    visible.notes(upstream).forEach(answer.withArray("notes")::add);
    usage(answer, "/" + server);
    return answer;
  }

  @GET
  @Path("tools")
  @Operation(summary = "All tools the caller may use")
  public JsonNode tools(@Context RoutingContext exchange) {
    Visible visible = visible(exchange);
    ObjectNode answer = NODES.objectNode();
    ArrayNode tools = NODES.arrayNode();
    for (Upstream upstream : visible.servers()) {
      for (Tool tool : visible.tools(upstream)) {
        ObjectNode entry = tools.addObject();
        entry.put("name", tool.operationId()).put("server", tool.server());
        entry.put("tool", tool.name());
        entry.put("description", tool.mcp().description().orElse(""));
        entry.put("endpoint", tool.path());
      }
    }
    answer.put("total_tools", tools.size());
    answer.set("tools", tools);
    return answer;
  }

  @POST
  @Path("refresh")
  @Operation(
      summary =
          "Reads the definitions and the tools of all servers again, and tries at once to start what is down")
  public JsonNode refresh(@Context RoutingContext exchange) {
    admission.toRefresh(exchange);
    definitions.reload();
    upstreams.refresh();
    ObjectNode answer = NODES.objectNode().put("status", "refreshing").put("state", "/servers");
    definitions
        .refused()
        .ifPresent(refused -> refused.mistakes().forEach(answer.withArray("mistakes")::add));
    return answer;
  }

  private Visible visible(RoutingContext exchange) {
    return servers.seenWith(admission.listing(exchange));
  }

  /** Reasons name variables, programs and what they print: only some may know them. */
  private static void describe(ObjectNode entry, Upstream upstream, Visible visible) {
    ServerDefinition definition = upstream.definition();
    UpstreamState state = upstream.state();
    entry.put("name", definition.displayName());
    entry.put("tier", definition.tier());
    entry.put("description", definition.description());
    entry.put("enabled", definition.enabled());
    entry.put("status", state.word());
    entry.put("since", state.since().toString());
    visible.credentialsOf(definition.name()).ifPresent(group -> entry.put("credentials", group));
    if (visible.diagnoses()) {
      boolean failed = state instanceof UpstreamState.Failed;
      entry.put("reason", failed ? ((UpstreamState.Failed) state).reason() : state.why());
      entry.put("calls", upstream.runningCalls()).put("waiting", upstream.waitingCalls());
      entry.put("sessions", upstream.ownSessions());
      upstream.shortcomings().forEach(text -> entry.withArray("limits_not_enforced").add(text));
      if (failed) {
        ((UpstreamState.Failed) state).stderr().forEach(entry.withArray("stderr")::add);
      }
    } else {
      state.kind().ifPresent(kind -> entry.put("reason", kind.word()));
    }
  }

  private ObjectNode describe(Tool tool) {
    ObjectNode entry = NODES.objectNode().put("name", tool.name());
    tool.mcp().title().ifPresent(title -> entry.put("title", title));
    entry.put("description", tool.mcp().description().orElse(""));
    entry.put("endpoint", tool.path());
    entry.put("operationId", tool.operationId());
    copy(entry, "inputSchema", tool.mcp().inputSchema());
    copy(entry, "outputSchema", tool.mcp().outputSchema());
    copy(entry, "annotations", tool.mcp().annotations());
    checks.of(tool).note().ifPresent(note -> entry.put("note", note));
    return entry;
  }

  private static void copy(ObjectNode entry, String key, JsonNode value) {
    if (!value.isMissingNode()) {
      entry.set(key, value);
    }
  }

  private static void usage(ObjectNode answer, String server) {
    answer
        .putObject("usage")
        .put("list_tools", "GET " + server)
        .put("call_tool", "POST " + server + "/{tool} with the arguments as JSON body")
        .put("document", "GET " + server + "/openapi.json");
  }
}
