package io.toolgate.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How connections to one remote server are made: to which of its host's addresses, or through which
 * proxy.
 *
 * <p>Invariant: where a guard judges, a connection goes to an address that it has judged.
 *
 * <p>Threading: any thread; look-ups run on a worker.
 */
final class RemoteRoute {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final RemoteAddress server;
  private final Optional<EndpointGuard> guard;
  private final Executor workers;
  private CompletableFuture<List<InetAddress>> found;
  private long foundAt;

  RemoteRoute(RemoteAddress server, Optional<EndpointGuard> guard, Executor workers) {
    this.server = server;
    this.guard = guard;
    this.workers = workers;
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
      found =
          guard
              .map(this::judged)
              .orElseGet(() -> CompletableFuture.completedFuture(List.of()))
              .thenCompose(judged -> judged.isEmpty() ? lookUp() : completed(judged));
    }
    return found;
  }

  private static CompletableFuture<List<InetAddress>> completed(List<InetAddress> addresses) {
    return CompletableFuture.completedFuture(addresses);
  }

  private CompletableFuture<List<InetAddress>> judged(EndpointGuard judge) {
    return judge
        .judge(server.host(), server.port())
        .thenCompose(
            decision ->
                decision instanceof EndpointGuard.Decision.Allowed allowed
                    ? completed(allowed.addresses())
                    : CompletableFuture.failedFuture(
                        new RemoteFailure.EndpointRefused(
                            server.host()
                                + " "
                                + ((EndpointGuard.Decision.Refused) decision).reason())));
  }

  private CompletableFuture<List<InetAddress>> lookUp() {
    if (proxy().isPresent()) {
      return completed(List.of());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Arrays.asList(InetAddress.getAllByName(server.host()));
          } catch (UnknownHostException e) {
            throw new java.util.concurrent.CompletionException(e);
          }
        },
        workers);
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
