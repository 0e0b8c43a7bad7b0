package io.toolgate.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The one HTTP client for all remote servers: their connections are kept and used again, and read
 * by the event loops there are.
 *
 * <p>Invariants: a redirect is never followed by the client itself, because headers carry
 * credentials; certificates and host names are checked as the JVM is set up to.
 *
 * <p>Threading: any thread; made when the first server needs it.
 */
@Singleton
public class RemoteHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Shorter than what servers in the field keep an idle connection for, which is 5 s and more. */
  private static final Duration IDLE = Duration.ofSeconds(4);

  private static final int LARGEST_HEAD = 64 * 1024;
  private static final int CONNECTIONS_PER_SERVER = 4096;

  private static final int MOST_REMEMBERED = 10_000;

  private final Set<String> shortLived = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final HttpClientOptions options;
  private HttpClient client;

  @Inject
  RemoteHttp(Vertx vertx) {
    this(vertx, options(CONNECT_TIMEOUT));
  }

  /**
   * @param options begun as {@link #options} gives them
   */
  RemoteHttp(Vertx vertx, HttpClientOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /**
   * @param patience for a connection, with all that TLS needs
   */
  static HttpClientOptions options(Duration patience) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setConnectTimeout((int) patience.toMillis())
        .setSslHandshakeTimeout(patience.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeepAliveTimeout((int) IDLE.toSeconds())
        .setMaxPoolSize(CONNECTIONS_PER_SERVER)
        .setMaxHeaderSize(LARGEST_HEAD)
        .setMaxInitialLineLength(LARGEST_HEAD)
        .setDecompressionSupported(true)
        .setForceSni(true)
        .setTcpNoDelay(true);
  }

  /**
   * The server closes its connections without saying so. None is used again, because whether a
   * request that was sent on a closed one arrived is not known.
   */
  void closesSilently(RemoteAddress server) {
    if (shortLived.size() < MOST_REMEMBERED) {
      shortLived.add(server.origin());
    }
  }

  boolean isShortLived(RemoteAddress server) {
    return shortLived.contains(server.origin());
  }

  Vertx vertx() {
    return vertx;
  }

  synchronized HttpClient client() {
    if (client == null) {
      client = vertx.createHttpClient(options);
    }
    return client;
  }
}
