package io.toolgate.upstream;

import io.vertx.core.Vertx;

/** The HTTP client of all tests, as the product has one. */
final class Client {
  static final Vertx VERTX = Vertx.vertx();
  static final RemoteHttp HTTP = new RemoteHttp(VERTX);

  private Client() {}
}
