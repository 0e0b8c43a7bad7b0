package io.toolgate.upstream;

import io.toolgate.tenant.HttpUrl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Judges where an address leads that did not come out of a tenant file, just before it is reached:
 * not to this machine, nor to what gives a machine its credentials, unless the operator has named
 * the host. Addresses of private networks are the usual ones of MCP servers, and pass.
 *
 * <p>Invariant: what passes has only such addresses, at the time it is asked. The JVM keeps the
 * answer of a look-up for a while, so ask before each connection, and connect at once. A host that
 * cannot be looked up is refused.
 *
 * <p>Threading: any thread; look-ups wait on threads of their own.
 */
@ApplicationScoped
public class EndpointGuard {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int THREADS = 16;
  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

  /** Ends in a number, and so is an address to some programs, which need not agree on which. */
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-f]*:[0-9a-f:]*:[0-9a-f.]*");

  private static final Set<String> METADATA = Set.of("metadata.google.internal", "metadata.goog");

  /** What was found. */
  public sealed interface Decision {
    /**
     * @param addresses all of the host; empty if it was allowed by its name
     */
    record Allowed(List<InetAddress> addresses) implements Decision {}

    /**
     * @param reason why, for the operator: the rest of a sentence that begins with the host
     */
    record Refused(String reason) implements Decision {}
  }

  /** Finds all addresses of a name; blocks. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Set<String> allowed;
  private final Resolver resolver;
  private final Duration patience;
  private final ThreadPoolExecutor threads;

  @Inject
  EndpointGuard(EndpointSettings settings) {
    this(settings.hosts().orElse(List.of()), InetAddress::getAllByName, PATIENCE);
  }

  /**
   * @param allowed hosts, each with or without a port
   */
  EndpointGuard(List<String> allowed, Resolver resolver, Duration patience) {
    this.allowed =
        allowed.stream()
            .map(entry -> plain(entry.strip()))
            .filter(entry -> !entry.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    this.resolver = resolver;
    this.patience = patience;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread fresh = new Thread(work, "endpoint-lookup");
              fresh.setDaemon(true);
              return fresh;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Whether this address may be reached now; never completes by a failure. */
  public CompletableFuture<Decision> judge(URI endpoint) {
    return HttpUrl.host(endpoint)
        .map(host -> judge(host, HttpUrl.port(endpoint)))
        .orElseGet(() -> refused("is no host"));
  }

  /** The addresses of a host, whatever may be reached; fails where it is not known in time. */
  CompletableFuture<List<InetAddress>> addresses(String host) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return List.of(resolver.addresses(host));
              } catch (UnknownHostException e) {
                throw new CompletionException(e);
              }
            },
            threads)
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * @param text a host as it stands in a URL; IPv6 with or without brackets
   */
  CompletableFuture<Decision> judge(String text, int port) {
    String host = plain(text);
    if (allowed.contains(host) || allowed.contains(host + ":" + port)) {
      return CompletableFuture.completedFuture(new Decision.Allowed(List.of()));
    }
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return refused("is this machine");
    }
    if (METADATA.contains(host)) {
      return refused("gives credentials of the machine");
    }
    String literal = host.replaceAll("^\\[|]$", "");
    if (IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches()) {
      return CompletableFuture.completedFuture(lookUp(literal)); // nobody is asked
    }
    if (NUMERIC.matcher(host).matches() || host.isEmpty() || host.indexOf('%') >= 0) {
      return refused("is no name, and no address in its usual form");
    }
    return CompletableFuture.supplyAsync(() -> lookUp(host), threads)
        .completeOnTimeout(
            new Decision.Refused("was not found in time"),
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private Decision lookUp(String host) {
    InetAddress[] addresses;
    try {
      addresses = resolver.addresses(host);
    } catch (UnknownHostException | RuntimeException e) {
      return new Decision.Refused("is not known");
    }
    for (InetAddress address : addresses) {
      Optional<String> reason = ForbiddenAddresses.reason(address);
      if (reason.isPresent()) {
        return new Decision.Refused(
            "leads to %s, which is %s; only hosts in ENDPOINT_HOSTS may"
                .formatted(address.getHostAddress(), reason.get()));
      }
    }
    return addresses.length == 0
        ? new Decision.Refused("is not known")
        : new Decision.Allowed(List.of(addresses));
  }

  /** One spelling of those that mean the same host: lower case, no last dot, IPv6 in brackets. */
  private static String plain(String text) {
    String host = text.toLowerCase(Locale.ROOT).replaceFirst("\\.(?=$|:\\d+$)", "");
    return IPV6.matcher(host).matches() ? "[" + host + "]" : host;
  }

  private static CompletableFuture<Decision> refused(String reason) {
    return CompletableFuture.completedFuture(new Decision.Refused(reason));
  }
}
