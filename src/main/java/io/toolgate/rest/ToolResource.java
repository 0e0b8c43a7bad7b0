package io.toolgate.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.toolgate.call.ToolCalls;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tool calls: {@code POST /{server}/{tool}}, or flat as {@code POST /{server}_{tool}}. */
@Path("/")
public class ToolResource {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ToolCalls calls;
  private final Ending ending;

  ToolResource(ToolCalls calls, Ending ending) {
    this.calls = calls;
    this.ending = ending;
  }

  /** The arguments are accepted under any content type, as plain {@code curl -d} sends them. */
  @POST
  @Path("{path: .+}")
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public CompletionStage<Response> call(@Context RoutingContext exchange) {
    ending.enter(exchange);
    CompletableFuture<JsonNode> answer =
        calls.call(
            Door.requestId(exchange),
            Door.caller(exchange),
            ToolPath.parse(exchange.request().path()),
            exchange.request().headers()::getAll,
            () -> Body.read(exchange.request()));
    exchange.addEndHandler(ended -> answer.cancel(false)); // without effect once it is answered
    return answer.thenApply(ToolResource::ok);
  }

  private static Response ok(JsonNode json) {
    try {
      return Response.ok(JSON.writeValueAsBytes(json), MediaType.APPLICATION_JSON_TYPE).build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree can always be written
    }
  }
}
