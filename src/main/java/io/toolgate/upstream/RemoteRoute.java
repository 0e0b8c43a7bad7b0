package io.toolgate.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How connections to one remote server are made: to which of its host's addresses, or through which
 * proxy.
 *
 * <p>Invariant: where a guard judges, a connection goes to an address that it has judged.
 *
 * <p>Threading: any thread; look-ups wait on threads of the guard.
 */
final class RemoteRoute {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final RemoteAddress server;
  private final EndpointGuard guard;
  private final boolean isJudged;
  private CompletableFuture<List<InetAddress>> found;
  private long foundAt;

  /**
   * @param isJudged whether the guard decides where it may lead
   */
  RemoteRoute(RemoteAddress server, EndpointGuard guard, boolean isJudged) {
    this.server = server;
    this.guard = guard;
    this.isJudged = isJudged;
  }

  /**
   * The addresses to try, in their order; none where a proxy looks them up.
   *
   * @return fails with an {@link UnknownHostException} or a {@link RemoteFailure.EndpointRefused}
   */
  synchronized CompletableFuture<List<InetAddress>> addresses() {
    long now = System.nanoTime();
    if (found == null || found.isCompletedExceptionally() || now - foundAt > KEPT_NANOS) {
      foundAt = now;
      found = isJudged ? judged() : lookUp();
    }
    return found;
  }

  private CompletableFuture<List<InetAddress>> judged() {
    return guard
        .judge(server.host(), server.port())
        .thenCompose(
            decision -> {
              if (decision instanceof EndpointGuard.Decision.Refused refused) {
                throw new RemoteFailure.EndpointRefused(server.host() + " " + refused.reason());
              }
              List<InetAddress> allowed = ((EndpointGuard.Decision.Allowed) decision).addresses();
              return allowed.isEmpty() ? lookUp() : CompletableFuture.completedFuture(allowed);
            });
  }

  private CompletableFuture<List<InetAddress>> lookUp() {
    return proxy().isPresent()
        ? CompletableFuture.completedFuture(List.of())
        : guard.addresses(server.host());
  }

  /** The HTTP proxy that the JVM's settings name for this server. */
  Optional<InetSocketAddress> proxy() {
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null) {
      return Optional.empty();
    }
    URI url = URI.create((server.secure() ? "https://" : "http://") + server.authority());
    return selector.select(url).stream()
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .map(proxy -> (InetSocketAddress) proxy.address())
        .findFirst();
  }
}
