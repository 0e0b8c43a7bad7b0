package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One HTTP request to a remote server, and what answers it.
 *
 * <p>Invariant: the reader is told how it ended, once: {@link Reader#done} or {@link
 * Reader#failed}; after {@link #abandon} it is told nothing.
 *
 * <p>Threading: answers are read on an event loop; what is large or hard to read is read by a
 * worker while the loop waits for nothing. A reader is called by one thread at a time.
 */
final class RemoteExchange {
  private static final Set<Integer> SAME_METHOD_ELSEWHERE = Set.of(307, 308);

  private final RemoteHttp http;
  private volatile RemoteAddress address;
  private final RemoteRoute route;
  private final Executor workers;
  private final HttpMethod method;
  private final MultiMap headers;
  private final byte[] body;
  private final Reader reader;
  private final AtomicBoolean over = new AtomicBoolean();
  private boolean followed;
  private int connects;
  private volatile HttpClientRequest request;
  private volatile boolean whole;

  /** Is told what answers a request. */
  interface Reader {
    /** An answer that is no refusal begins. */
    default void accepted(MultiMap headers) {}

    void message(JsonNode message);

    /** An event of a stream that has a type of its own. */
    default boolean event(String type, byte[] data, int length) {
      return false;
    }

    /** Something came that is no message. */
    default void skipped(String what) {}

    /** Whether an answer that holds no message is a mistake. */
    default boolean expectsMessage() {
      return true;
    }

    default void lastId(String id) {}

    default void retry(long millis) {}

    /** The server has its place somewhere else, at the same host; it has been asked there. */
    default void moved(RemoteAddress to) {}

    /** The answer is complete. */
    void done(int status);

    /** Nothing more comes. */
    void failed(RemoteFailure failure);
  }

  private RemoteExchange(
      RemoteHttp http,
      RemoteAddress address,
      RemoteRoute route,
      Executor workers,
      HttpMethod method,
      MultiMap headers,
      byte[] body,
      Reader reader) {
    this.http = http;
    this.address = address;
    this.route = route;
    this.workers = workers;
    this.method = method;
    this.headers = headers;
    this.body = body;
    this.reader = reader;
  }

  /**
   * Sends a request.
   *
   * @param address of the server that the route leads to
   * @param body empty for none
   */
  static RemoteExchange begin(
      RemoteHttp http,
      RemoteAddress address,
      RemoteRoute route,
      Executor workers,
      HttpMethod method,
      MultiMap headers,
      byte[] body,
      Reader reader) {
    RemoteExchange exchange =
        new RemoteExchange(http, address, route, workers, method, headers, body, reader);
    exchange.begin();
    return exchange;
  }

  /** Whether the server has said all of its answer. */
  boolean isWhole() {
    return whole;
  }

  private void begin() {
    route
        .addresses()
        .whenComplete(
            (addresses, failure) -> {
              if (failure != null) {
                fail(RemoteFailure.ofConnecting(Attempt.cause(failure), address));
              } else {
                connect(addresses, 0);
              }
            });
  }

  /** The answer is not wanted any more; once it is over, its connection is another's. */
  void abandon() {
    HttpClientRequest current = request;
    if (over.compareAndSet(false, true) && current != null) {
      current.reset();
    }
  }

  private void connect(List<InetAddress> addresses, int index) {
    if (over.get()) {
      return;
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setSsl(address.secure())
            .setHost(address.host())
            .setPort(address.port())
            .setURI(address.target())
            .setHeaders(headers);
    if (addresses.isEmpty()) {
      route.proxy().ifPresent(proxy -> options.setProxyOptions(options(proxy)));
    } else {
      options.setServer(
          SocketAddress.inetSocketAddress(
              new InetSocketAddress(addresses.get(index), address.port())));
    }
    http.client()
        .request(options)
        .onComplete(
            connected -> {
              if (connected.succeeded()) {
                send(connected.result());
              } else if (connected.cause() instanceof HttpClosedException && connects++ < 2) {
                connect(addresses, index); // one that was kept, and was closed a moment ago
              } else if (index + 1 < addresses.size()) {
                connect(addresses, index + 1);
              } else {
                fail(RemoteFailure.ofConnecting(connected.cause(), address));
              }
            });
  }

  private static ProxyOptions options(InetSocketAddress proxy) {
    return new ProxyOptions().setHost(proxy.getHostString()).setPort(proxy.getPort());
  }

  private void send(HttpClientRequest connected) {
    request = connected;
    if (over.get()) {
      connected.reset();
      return;
    }
    connected
        .send(Buffer.buffer(body))
        .onComplete(
            answered -> {
              if (answered.succeeded()) {
                read(answered.result());
              } else {
                if (answered.cause() instanceof HttpClosedException) {
                  http.closesSilently(address);
                }
                fail(RemoteFailure.silent(answered.cause()));
              }
            });
  }

  private void read(HttpClientResponse response) {
    if (over.get()) {
      return;
    }
    if (response.statusCode() < 200) { // its true answer would be taken for that of the next
      response.request().connection().close();
      fail(RemoteFailure.unanswered(response.statusCode()));
      return;
    }
    if (follows(response)) {
      return;
    }
    Context loop = http.vertx().getOrCreateContext();
    RemoteAnswer answer =
        new RemoteAnswer(response.statusCode(), response.headers(), address, reader);
    if (answer.isAccepted()) {
      reader.accepted(response.headers());
    }
    response.exceptionHandler(broken -> fail(RemoteFailure.broken(broken)));
    response.handler(
        bytes -> {
          if (over.get()) {
            return;
          }
          if (answer.isLight(bytes)) {
            take(answer, bytes);
          } else {
            response.pause();
            workers.execute(
                () -> {
                  take(answer, bytes);
                  loop.runOnContext(here -> response.resume());
                });
          }
        });
    response.endHandler(
        end -> {
          whole = true;
          if (over.get()) {
            return;
          }
          if (answer.isLight(Buffer.buffer())) {
            end(answer);
          } else {
            workers.execute(() -> end(answer));
          }
        });
  }

  /**
   * Asks once more where the server says that it is, if that is at the same host and port, so that
   * credentials go to nobody else.
   */
  private boolean follows(HttpClientResponse response) {
    String location = response.getHeader(HttpHeaders.LOCATION);
    if (followed || location == null || !SAME_METHOD_ELSEWHERE.contains(response.statusCode())) {
      return false;
    }
    Optional<RemoteAddress> elsewhere =
        address.resolve(location).filter(to -> to.hasOriginOf(address));
    elsewhere.ifPresent(
        to -> {
          followed = true;
          address = to;
          reader.moved(to);
          begin();
        });
    return elsewhere.isPresent();
  }

  private void take(RemoteAnswer answer, Buffer bytes) {
    answer.take(bytes).ifPresent(this::failAndCut);
  }

  private void end(RemoteAnswer answer) {
    answer
        .end()
        .ifPresentOrElse(
            this::fail,
            () -> {
              if (over.compareAndSet(false, true)) {
                reader.done(answer.status());
              }
            });
  }

  private void failAndCut(RemoteFailure failure) {
    fail(failure);
    request.reset();
  }

  private void fail(RemoteFailure failure) {
    if (over.compareAndSet(false, true)) {
      reader.failed(failure);
    }
  }
}
