package io.toolgate.rest;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * A page to browse and try the tools (Swagger UI). Everything it loads comes from here, and its
 * content security policy holds it to that: descriptions of tools are written by strangers.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Tag(name = "Documents")
public class DocsResource {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Servers servers;
  private final Admission admission;
  private final String page = read();

  DocsResource(Servers servers, Admission admission) {
    this.servers = servers;
    this.admission = admission;
  }

  @GET
  @Path("docs")
  @Operation(summary = "Page to browse and try all tools")
  public Response docs(@Context RoutingContext exchange) {
    return page(exchange);
  }

  @GET
  @Path("{server}/docs")
  @Operation(summary = "Page to browse and try the tools of one server")
  public Response docs(@RestPath String server, @Context RoutingContext exchange) {
    if (Door.proven(exchange).isPresent()) {
      servers.seenWith(admission.listing(exchange)).server(server);
    } // for others it is the same whether there is such a server or not
    return page(exchange);
  }

  private Response page(RoutingContext exchange) {
    long slashes = exchange.request().path().chars().filter(c -> c == '/').count();
    String root = "../".repeat((int) slashes - 1); // with a slash at the end it is one deeper
    return Response.ok(page.replace("{root}", root))
        .header("Content-Security-Policy", POLICY)
        .build();
  }

  private static String read() {
    try (InputStream in = DocsResource.class.getResourceAsStream("/docs.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
