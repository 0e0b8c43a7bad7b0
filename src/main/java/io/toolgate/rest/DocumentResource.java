package io.toolgate.rest;

import io.toolgate.catalog.Document;
import io.toolgate.catalog.Document.Kind;
import io.toolgate.catalog.Documents;
import io.toolgate.catalog.Prefix;
import io.toolgate.identity.Authentication;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.Upstream;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The OpenAPI documents: one over all servers, and one of each with paths relative to it.
 *
 * <p>A plain request always gets 200 with the whole document, because clients count nothing else;
 * 304 only answers a matching {@code If-None-Match}. {@code ?prefix=x} keeps the names in documents
 * of several connections apart.
 *
 * <p>Threading: event loops; what is not there yet is made by a worker, and waited for by nobody.
 */
@Path("/")
@Tag(name = "Documents")
public class DocumentResource {
  private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;
  private static final MediaType YAML = new MediaType("application", "yaml");

  /** Gzip in an Accept-Encoding, unless its weight is nothing (RFC 9110, section 12.5.3). */
  private static final Pattern GZIP =
      Pattern.compile(
          "(?:^|,)\\s*gzip\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))[^,]*)?(?:,|$)",
          Pattern.CASE_INSENSITIVE);

  private final Documents documents;
  private final Admission admission;
  private final Servers servers;

  DocumentResource(Documents documents, Admission admission, Servers servers) {
    this.documents = documents;
    this.admission = admission;
    this.servers = servers;
  }

  @Produces
  @ApplicationScoped
  static Documents documents(
      Authentication authentication,
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "toolgate.catalog.mcpo-operation-ids") boolean mcpoNames) {
    return new Documents(version, mcpoNames, authentication.configured());
  }

  @GET
  @Path("openapi.json")
  @Operation(summary = "OpenAPI 3.1 document over the tools of all servers the caller may use")
  public CompletionStage<Response> json(@Context RoutingContext exchange) {
    return json(overall(exchange), exchange);
  }

  @GET
  @Path("openapi.yaml")
  @Operation(summary = "The same document as YAML")
  public CompletionStage<Response> yaml(@Context RoutingContext exchange) {
    return yaml(overall(exchange), exchange);
  }

  @GET
  @Path("{server}/openapi.json")
  @Operation(summary = "OpenAPI 3.1 document of one server, paths relative to /{server}")
  public CompletionStage<Response> ofServer(
      @RestPath String server, @Context RoutingContext exchange) {
    Visible visible = servers.seenWith(admission.document(exchange));
    Upstream upstream = visible.server(server);
    return documents
        .of(visible.catalog(), server, visible, prefix(exchange))
        .map(document -> json(document, exchange))
        .orElseThrow(() -> notServed(upstream, visible.diagnoses()));
  }

  @GET
  @Path("groups/{group}/openapi.json")
  @Operation(
      summary = "OpenAPI 3.1 document of one group, paths relative to /groups/{group}",
      description = "Cut to what both the caller and the group may use.")
  public CompletionStage<Response> ofGroup(
      @RestPath String group, @Context RoutingContext exchange) {
    return json(through(group, exchange), exchange);
  }

  @GET
  @Path("groups/{group}/openapi.yaml")
  @Operation(summary = "The same document as YAML")
  public CompletionStage<Response> ofGroupAsYaml(
      @RestPath String group, @Context RoutingContext exchange) {
    return yaml(through(group, exchange), exchange);
  }

  private Document through(String group, RoutingContext exchange) {
    Visible visible = servers.seenWith(admission.through(group, exchange));
    return documents.ofGroup(visible.catalog(), group, visible, prefix(exchange));
  }

  /** Why a server that is known has no document. */
  private static ProblemException notServed(Upstream upstream, boolean diagnosing) {
    return upstream
        .whyDown(diagnosing)
        .orElseGet(() -> Problem.NOT_FOUND.because("The server is not served."));
  }

  private Document overall(RoutingContext exchange) {
    Visible visible = servers.seenWith(admission.document(exchange));
    return documents.overall(visible.catalog(), visible, prefix(exchange));
  }

  private static Prefix prefix(RoutingContext exchange) {
    String given = exchange.request().getParam("prefix");
    return given == null || given.isEmpty() ? Prefix.NONE : new Prefix(given);
  }

  private static CompletionStage<Response> json(Document document, RoutingContext exchange) {
    String accepted = exchange.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = accepted != null && GZIP.matcher(accepted).find();
    return gzip
        ? document
            .form(Kind.GZIP)
            .thenApply(
                form ->
                    answer(form, JSON, exchange)
                        .header(HttpHeaders.CONTENT_ENCODING, "gzip")
                        .build())
        : document.form(Kind.JSON).thenApply(form -> answer(form, JSON, exchange).build());
  }

  private static CompletionStage<Response> yaml(Document document, RoutingContext exchange) {
    return document.form(Kind.YAML).thenApply(form -> answer(form, YAML, exchange).build());
  }

  private static Response.ResponseBuilder answer(
      Document.Form form, MediaType type, RoutingContext exchange) {
    String known = exchange.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    boolean unchanged = known != null && (known.equals("*") || known.contains(form.etag()));
    Response.ResponseBuilder answer =
        unchanged ? Response.notModified() : Response.ok(Pieces.of(form.bytes())).type(type);
    return answer
        .header(HttpHeaders.ETAG, form.etag())
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, "Accept-Encoding, Authorization, Origin");
  }
}
