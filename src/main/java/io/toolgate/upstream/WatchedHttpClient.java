package io.toolgate.upstream;

import java.lang.reflect.Proxy;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An HTTP client that tells when the answer to a GET has ended. The SDK's SSE transport keeps the
 * end of its stream of events to itself, and without that stream no call is ever answered.
 *
 * <p>Threading: as the client it stands before.
 */
final class WatchedHttpClient extends HttpClient {
  private final HttpClient client;
  private final Runnable ended;

  private WatchedHttpClient(HttpClient client, Runnable ended) {
    this.client = client;
    this.ended = ended;
  }

  /**
   * Builds clients that are watched.
   *
   * @param ended run when an answer to a GET has ended, whoever ended it
   */
  static HttpClient.Builder builder(HttpClient.Builder builder, Runnable ended) {
    return (HttpClient.Builder)
        Proxy.newProxyInstance(
            WatchedHttpClient.class.getClassLoader(),
            new Class<?>[] {HttpClient.Builder.class},
            (self, method, arguments) -> {
              Object result = method.invoke(builder, arguments);
              return result instanceof HttpClient built
                  ? new WatchedHttpClient(built, ended)
                  : self;
            });
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return request.method().equals("GET")
        ? client.sendAsync(request, response -> new WatchedBody<>(handler.apply(response), ended))
        : client.sendAsync(request, handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
