package io.toolgate.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.upstream.Upstream;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What Open WebUI's browser client asks for after the document: whether there is text for the
 * system prompt, and the text, made of the {@code instructions} of the servers whose definition
 * says {@code "instructions": true} and of which the caller may use a tool.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open WebUI")
public class ModelResource {
  private final Servers servers;
  private final Admission admission;
  private final String version;

  ModelResource(
      Servers servers,
      Admission admission,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.servers = servers;
    this.admission = admission;
    this.version = version;
  }

  @GET
  @Path("api/config")
  @Operation(summary = "Whether GET /system has text for the model")
  public JsonNode config(@Context RoutingContext exchange) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", true).put("name", "Toolgate").put("version", version);
    answer.putObject("features").put("system", !prompt(exchange).isEmpty());
    return answer;
  }

  @GET
  @Path("system")
  @Operation(summary = "Text for the system prompt")
  public JsonNode system(@Context RoutingContext exchange) {
    return JsonNodeFactory.instance.objectNode().put("prompt", prompt(exchange));
  }

  private String prompt(RoutingContext exchange) {
    Visible visible = servers.seenWith(admission.listing(exchange));
    return visible.servers().stream()
        .filter(upstream -> upstream.definition().instructions())
        .filter(upstream -> !visible.tools(upstream).isEmpty())
        .flatMap(upstream -> upstream.instructions().map(text -> section(upstream, text)).stream())
        .collect(Collectors.joining("\n\n"));
  }

  private static String section(Upstream upstream, String text) {
    return "# " + upstream.definition().displayName() + "\n" + text.strip();
  }
}
