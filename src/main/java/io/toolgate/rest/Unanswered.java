package io.toolgate.rest;

import io.toolgate.call.ToolAddress;
import io.toolgate.call.ToolCalls;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Tool;
import io.toolgate.identity.Caller;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is told where nothing answers the method of a request: that there is a page or a tool, and
 * with which methods it is asked, or that there is nothing; see docs/adr/0021-unanswered-paths.md.
 *
 * <p>Invariant: it tells of a tool or server no more than a call of it would.
 */
@Singleton
class Unanswered {
  private static final int FIRST = -1; // before the resources, but after all filters
  private static final String ALLOWED = Unanswered.class.getName();
  private static final String REFRESH = "/refresh";
  private static final String POST = HttpMethod.POST.name();
  private static final List<String> READING = List.of("GET", "HEAD");

  /** What is read whatever servers there are. */
  private static final Pattern PAGES =
      Pattern.compile(
          "/|/favicon\\.ico|/docs|/openapi\\.(json|yaml)|/groups/[^/]+/openapi\\.(json|yaml)|/servers|/tools|/tenants"
              + "|/health|/system|/api/config|/metrics|/q/(metrics|openapi|health(/live|/ready|/started|/well)?)");

  private static final Pattern PAGES_OF_SERVER =
      Pattern.compile("/([^/]+)(/docs|/openapi\\.json)?");

  private final Admission admission;
  private final Servers servers;
  private final ToolCalls calls;

  Unanswered(Admission admission, Servers servers, ToolCalls calls) {
    this.admission = admission;
    this.servers = servers;
    this.calls = calls;
  }

  void register(@Observes Router router) {
    router.options().order(FIRST).handler(this::options);
  }

  private void options(RoutingContext exchange) {
    ProblemException problem = at(exchange);
    if (problem.problem() != Problem.METHOD_NOT_ALLOWED) {
      exchange.fail(problem);
      return;
    }
    exchange.response().putHeader(HttpHeaders.ALLOW, allowed(exchange)).end();
  }

  /** The methods that are answered there, once {@link #at} has said that others are not. */
  static String allowed(RoutingContext exchange) {
    return exchange.get(ALLOWED, POST);
  }

  /** Whether a POST is for a page, or a server, and so for no tool; calls hardly pay for it. */
  boolean isForPage(RoutingContext exchange, ToolAddress address) {
    return !address.couldBe()
        && address.group().isEmpty()
        && address.findIn(servers.catalog()).isEmpty()
        && (PAGES.matcher(Asked.plain(exchange.normalizedPath())).matches()
            || servers.knows(address.tool()));
  }

  /** What to tell at the path of this request. */
  ProblemException at(RoutingContext exchange) {
    try {
      return at(exchange, Asked.plain(exchange.normalizedPath()));
    } catch (IllegalArgumentException e) {
      return ToolAddress.nothing(); // not even a path
    } catch (ProblemException e) {
      return e;
    }
  }

  private ProblemException at(RoutingContext exchange, String path) {
    Set<String> methods = new LinkedHashSet<>();
    String told = "This is read with GET.";
    if (PAGES.matcher(path).matches()) {
      methods.addAll(READING);
    } else if (path.equals(REFRESH)) {
      methods.add(POST);
      told = "This is asked for with POST.";
    }
    ProblemException refusal = ToolAddress.nothing();
    Optional<Caller> caller = Door.proven(exchange);
    if (caller.isPresent()) {
      Matcher page = PAGES_OF_SERVER.matcher(path);
      if (page.matches() && servers.knows(page.group(1))) {
        servers.seenWith(admission.access(exchange)).server(page.group(1));
        methods.addAll(READING);
        told = "This is read with GET; tools are called with POST /" + page.group(1) + "/{tool}.";
      }
      ToolAddress address = ToolPath.parse(exchange.request().path());
      if (isMeant(address)) {
        try {
          Tool tool = calls.find(caller.get(), address);
          methods.add(POST);
          told =
              "This is a tool: POST its arguments to it, as a JSON object. GET /"
                  + tool.server()
                  + " shows which it takes.";
        } catch (ProblemException e) {
          refusal = e;
        }
      }
    }
    if (methods.isEmpty()) {
      return refusal;
    }
    methods.add(HttpMethod.OPTIONS.name());
    exchange.put(ALLOWED, String.join(", ", methods));
    return Problem.METHOD_NOT_ALLOWED.because(told);
  }

  /** Whether the path names a server, or a group, so that it can be said what is wrong with it. */
  private boolean isMeant(ToolAddress address) {
    Catalog catalog = servers.catalog();
    return address.group().isPresent()
        || address.findIn(catalog).isPresent()
        || (address instanceof ToolAddress.Flat
            ? catalog
                .serverOfFlat(address.tool())
                .filter(server -> address.tool().startsWith(server + "_"))
                .isPresent()
            : servers.knows(address.serverIn(catalog)));
  }
}
