package io.toolgate.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is met by those who know no address but that of Toolgate itself: a browser is led to the
 * page to browse, and a program is told the addresses. The same for everybody, and so without
 * proof.
 *
 * <p>Routes of Vert.x, because the header {@code Accept} is taken away from resources; see {@link
 * MediaTypes}.
 */
@Singleton
class Front {
  private static final int FIRST = -1; // before the resources, but after all filters
  private static final Pattern WEIGHT = Pattern.compile(";\\s*q=([01](?:\\.[0-9]{0,3})?)");
  private static final String PAGE = "docs"; // relative, so that it is right behind any proxy
  private static final String A_MONTH = "public, max-age=2592000";

  private final Buffer addresses = Buffer.buffer(addresses().toString());
  private final Buffer icon = read("/favicon.ico");

  void register(@Observes Router router) {
    router
        .route("/")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .order(FIRST)
        .handler(this::root);
    router
        .route("/favicon.ico")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .order(FIRST)
        .handler(this::icon);
  }

  private void root(RoutingContext exchange) {
    exchange.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (prefersPage(exchange)) {
      exchange.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, PAGE).end();
      return;
    }
    exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(addresses);
  }

  /** Only who names HTML, as browsers do, and does not like JSON as much; RFC 9110, 12.5.1. */
  private static boolean prefersPage(RoutingContext exchange) {
    String accept = String.join(",", exchange.request().headers().getAll(HttpHeaders.ACCEPT));
    return weight("text/html", accept) > weight("application/json", accept);
  }

  private static double weight(String type, String accept) {
    for (String accepted : accept.toLowerCase(Locale.ROOT).split(",")) {
      if (accepted.split(";", 2)[0].strip().equals(type)) {
        Matcher weight = WEIGHT.matcher(accepted);
        return weight.find() ? Double.parseDouble(weight.group(1)) : 1;
      }
    }
    return 0;
  }

  private void icon(RoutingContext exchange) {
    exchange
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "image/x-icon")
        .putHeader(HttpHeaders.CACHE_CONTROL, A_MONTH)
        .end(icon);
  }

  private static ObjectNode addresses() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", "Toolgate")
        .put("document", "/openapi.json")
        .put("docs", "/docs")
        .put("servers", "/servers")
        .put("server", "/{server}")
        .put("server_document", "/{server}/openapi.json")
        .put("group_document", "/groups/{group}/openapi.json")
        .put("tools", "/tools")
        .put("call", "POST /{server}/{tool}")
        .put("refresh", "POST /refresh")
        .put("health", "/health")
        .put("metrics", "/metrics")
        .put("paths", "/q/openapi");
  }

  private static Buffer read(String resource) {
    try (InputStream in = Front.class.getResourceAsStream(resource)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
