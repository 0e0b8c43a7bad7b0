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
    String given = request.getHeader(REQUEST_ID);
    String id = given != null && USABLE_ID.matcher(given).matches() ? given : newId();
    exchange.response().putHeader(REQUEST_ID, id);
    exchange.put(REQUEST_ID, id);
    // A body that nobody wanted is thrown away: its sender reads the answer only after sending.
    exchange.addEndHandler(answered -> request.resume());
    Optional<ProblemException> refusal =
        isHealth(request.path())
            ? Optional.empty()
            : guard.judge(host(request), request.getHeader("Origin"));
    if (refusal.isPresent()) {
      ProblemDocument.send(exchange, refusal.get());
      return;
    }
    exchange.put(CALLER, new Caller.Anonymous());
    exchange.next();
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(RANDOM.get().nextLong());
  }

  private static String host(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.host();
  }

  /**
   * An orchestrator's probe names the machine as it likes, and learns no more than that it is
   * alive.
   */
  private static boolean isHealth(String path) {
    return path.equals("/health") || path.startsWith("/q/health");
  }

  static String requestId(RoutingContext exchange) {
    return exchange.get(REQUEST_ID);
  }

  static Caller.Anonymous caller(RoutingContext exchange) {
    return exchange.get(CALLER);
  }
}
