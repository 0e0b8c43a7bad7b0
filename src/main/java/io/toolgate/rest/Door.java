package io.toolgate.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.toolgate.identity.Caller;
import io.toolgate.identity.LoopbackGuard;
import io.toolgate.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where every request enters, before CORS and routing: it gets its id, is judged by where it comes
 * from, and carries its {@link Caller} from there on.
 */
@ApplicationScoped
class Door {
  private static final int BEFORE_CORS = 10_000;
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String CALLER = Caller.class.getName();
  private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** A probe names the machine as it likes; who is no caller learns the state and no names. */
  private static final Set<String> HEALTH =
      Set.of(
          "/health",
          "/q/health",
          "/q/health/live",
          "/q/health/ready",
          "/q/health/started",
          "/q/health/well");

  private static final ThreadLocal<Random> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

  private final LoopbackGuard guard;

  Door(LoopbackGuard guard) {
    this.guard = guard;
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEFORE_CORS);
  }

  private void enter(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    identify(exchange);
    // A body that nobody wanted is thrown away: its sender reads the answer only after sending.
    exchange.addEndHandler(answered -> Body.discard(request));
    Optional<ProblemException> refusal = guard.judge(host(request), request.getHeader("Origin"));
    if (refusal.isEmpty()) {
      exchange.put(CALLER, new Caller.Anonymous());
    } else if (!HEALTH.contains(exchange.normalizedPath())) {
      ProblemDocument.send(exchange, refusal.get());
      return;
    }
    exchange.next();
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(RANDOM.get().nextLong());
  }

  private static String host(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.host();
  }

  /** Gives the request its id: the caller's own, where it is well-formed. */
  private static void identify(RoutingContext exchange) {
    String given = exchange.request().getHeader(REQUEST_ID);
    String id = given != null && USABLE_ID.matcher(given).matches() ? given : newId();
    exchange.response().putHeader(REQUEST_ID, id);
    exchange.put(REQUEST_ID, id);
  }

  static String requestId(RoutingContext exchange) {
    if (exchange.get(REQUEST_ID) == null) {
      identify(exchange); // it failed before it came in here
    }
    return exchange.get(REQUEST_ID);
  }

  /** Null only at health, for who would be refused elsewhere. */
  static Caller caller(RoutingContext exchange) {
    return exchange.get(CALLER);
  }
}
