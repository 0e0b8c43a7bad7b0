package io.toolgate.upstream;

import io.toolgate.tenant.Transport;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A remote server as one session reaches it: its address, the way there, and the headers that all
 * requests have.
 *
 * <p>Threading: any thread.
 */
final class RemoteServer {
  /** What a POST may be answered with. */
  static final String ANY_ANSWER = "application/json, text/event-stream";

  private final RemoteHttp http;
  private final Executor workers;
  private final RemoteRoute route;
  private final Map<String, String> headers;
  private final ServerLog log;
  private final Masking masking;
  private volatile RemoteAddress address;

  RemoteServer(
      RemoteHttp http, Executor workers, Opening opening, Transport.Remote remote, ServerLog log) {
    this.http = http;
    this.workers = workers;
    this.log = log;
    this.masking = new Masking(opening.definition().secrets());
    this.address = RemoteAddress.of(remote.url());
    this.route = new RemoteRoute(address, opening.guard(), !remote.operatorsUrl());
    this.headers = Map.copyOf(remote.headers(opening.told()));
  }

  RemoteAddress address() {
    return address;
  }

  /** From now on it is asked there; the host is the same. */
  void moved(RemoteAddress to) {
    address = to;
  }

  /**
   * Headers of a request, to be added to.
   *
   * @param own that only this request has
   */
  MultiMap headers(Map<String, String> own) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    all.set("User-Agent", "toolgate");
    headers.forEach(all::set);
    own.forEach(all::set);
    all.set("Host", address.authority());
    if (http.isShortLived(address)) {
      all.set("Connection", "close");
    }
    all.set("Accept-Encoding", "identity");
    return all;
  }

  RemoteExchange begin(HttpMethod method, MultiMap all, byte[] body, RemoteExchange.Reader reader) {
    return begin(address, method, all, body, reader);
  }

  /**
   * @param to an address at the same host
   */
  RemoteExchange begin(
      RemoteAddress to,
      HttpMethod method,
      MultiMap all,
      byte[] body,
      RemoteExchange.Reader reader) {
    if (method == HttpMethod.POST) {
      all.set("Content-Type", "application/json");
    }
    return RemoteExchange.begin(http, to, route, workers, method, all, body, reader);
  }

  /** It sent something that is no message. */
  void skipped(String what) {
    log.once("what it sends is skipped where it is " + masking.line(what));
  }

  void later(long millis, Runnable work) {
    http.vertx().setTimer(Math.max(1, millis), timer -> work.run());
  }
}
