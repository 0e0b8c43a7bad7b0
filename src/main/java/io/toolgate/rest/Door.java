package io.toolgate.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.toolgate.identity.Authentication;
import io.toolgate.identity.Caller;
import io.toolgate.identity.Identification;
import io.toolgate.identity.LoopbackGuard;
import io.toolgate.identity.Origins;
import io.toolgate.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Where every request enters. Before CORS it gets its id and is judged by where it comes from;
 * after CORS, so that pages can read a refusal and preflights need no proof, it is found out who
 * sends it. From there on it carries its {@link Caller}.
 *
 * <p>Invariant: while authentication is configured nothing passes without a caller but what {@link
 * Admission} opens; a bad proof passes nowhere but at probes, where it counts as none. Nothing of a
 * body is read before that.
 *
 * <p>Threading: event loops. A request whose proof takes time waits for it, paused, and goes on
 * where it began.
 */
@Singleton
class Door {
  private static final int BEFORE_CORS = 10_000;
  private static final int AFTER_CORS = 250; // which has 300
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String CALLER = Caller.class.getName();
  private static final String BAD_PROOF = Door.class.getName();
  private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final ThreadLocal<SplittableRandom> RANDOM =
      ThreadLocal.withInitial(() -> new SplittableRandom(new SecureRandom().nextLong()));

  private final Authentication authentication;
  private final LoopbackGuard guard;
  private final Origins origins;
  private final Admission admission;
  private final RateLimits rates;

  Door(
      Authentication authentication,
      LoopbackGuard guard,
      Origins origins,
      Admission admission,
      RateLimits rates) {
    this.authentication = authentication;
    this.guard = guard;
    this.origins = origins;
    this.admission = admission;
    this.rates = rates;
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEFORE_CORS);
    filters.register(this::identify, AFTER_CORS);
  }

  private void enter(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    name(exchange);
    // A body that nobody wanted is thrown away: its sender reads the answer only after sending.
    exchange.addEndHandler(answered -> Body.discard(request, proven(exchange).isPresent()));
    String origin = request.getHeader("Origin");
    Optional<ProblemException> refusal =
        origin == null ? Optional.empty() : origins.judge(origin, authority(request));
    if (refusal.isEmpty() && !authentication.configured()) {
      HostAndPort authority = request.authority();
      refusal = guard.judge(authority == null ? null : authority.host());
      if (refusal.isEmpty()) {
        exchange.put(CALLER, new Caller.Anonymous());
      } else if (Asked.of(exchange) == Asked.PROBE) {
        refusal = Optional.empty(); // a probe names the machine as it likes
      }
    }
    refusal.ifPresentOrElse(exchange::fail, exchange::next);
  }

  private static String authority(HttpServerRequest request) {
    return request.authority() == null ? null : request.authority().toString();
  }

  private void identify(RoutingContext exchange) {
    if (!authentication.configured()) {
      letIn(exchange, null);
      return;
    }
    HttpServerRequest request = exchange.request();
    CompletableFuture<Optional<Caller>> identified =
        authentication.identify(name -> request.headers().getAll(name), peer(exchange));
    if (identified.isDone()) {
      identified.whenComplete((caller, failure) -> pass(exchange, caller, failure));
      return;
    }
    request.pause(); // whoever reads the body resumes it
    Context context = Vertx.currentContext();
    identified.whenComplete(
        (caller, failure) ->
            Resumption.of(exchange, context, () -> pass(exchange, caller, failure)));
  }

  private void pass(RoutingContext exchange, Optional<Caller> caller, Throwable badProof) {
    if (badProof != null) {
      exchange.put(BAD_PROOF, true);
    } else {
      caller.ifPresent(proven -> exchange.put(CALLER, proven));
    }
    letIn(exchange, badProof);
  }

  private void letIn(RoutingContext exchange, Throwable badProof) {
    try {
      rates.count(exchange);
      if (badProof != null && Asked.of(exchange) != Asked.PROBE) {
        exchange.fail(badProof);
        return;
      }
      if (proven(exchange).isEmpty()) {
        admission.withoutProof(exchange);
      }
    } catch (ProblemException refusal) {
      exchange.fail(refusal);
      return;
    }
    exchange.next();
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(RANDOM.get().nextLong());
  }

  /** The other end of the socket, whatever headers say of it; null if it has no address. */
  static InetAddress peer(RoutingContext exchange) {
    SocketAddress peer = exchange.request().connection().remoteAddress();
    try {
      return peer == null || peer.hostAddress() == null
          ? null
          : InetAddress.getByName(peer.hostAddress()); // a literal: nothing is looked up
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Gives the request its id: the caller's own, where it is well-formed. */
  private static void name(RoutingContext exchange) {
    String given = exchange.request().getHeader(REQUEST_ID);
    String id = given != null && USABLE_ID.matcher(given).matches() ? given : newId();
    exchange.response().putHeader(REQUEST_ID, id);
    exchange.put(REQUEST_ID, id);
  }

  static String requestId(RoutingContext exchange) {
    if (exchange.get(REQUEST_ID) == null) {
      name(exchange); // it failed before it came in here
    }
    return exchange.get(REQUEST_ID);
  }

  /**
   * @throws ProblemException unauthenticated if the request presents no proof
   */
  static Caller caller(RoutingContext exchange) {
    return proven(exchange).orElseThrow(Identification::nothingPresented);
  }

  /** Empty for readers without proof, and at probes for whoever would be refused elsewhere. */
  static Optional<Caller> proven(RoutingContext exchange) {
    return Optional.ofNullable(exchange.get(CALLER));
  }

  /** Whether the request presented a proof that was refused, or could not be verified. */
  static boolean hasBadProof(RoutingContext exchange) {
    return exchange.get(BAD_PROOF) != null;
  }
}
