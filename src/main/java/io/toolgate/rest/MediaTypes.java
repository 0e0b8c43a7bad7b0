package io.toolgate.rest;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets no request fail because of its media types: each page has one form only, which RFC 9110
 * (section 12.4.1) allows to send whatever is accepted, and the arguments of a tool are JSON
 * whatever the client calls them, as plain {@code curl -d} does.
 */
class MediaTypes {

  /** Before the frameworks compare or even parse them. */
  @ServerRequestFilter(preMatching = true)
  void ignore(RoutingContext exchange) {
    MultiMap headers = exchange.request().headers();
    headers.remove(HttpHeaders.ACCEPT);
    headers.remove(HttpHeaders.CONTENT_TYPE);
  }
}
