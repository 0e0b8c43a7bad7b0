package io.toolgate.rest;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/**
 * Goes on with an exchange that waited for something, on its own event loop.
 *
 * <p>Invariant: a caller gets an answer. The router catches what its handlers throw, but nobody
 * catches what is thrown here, so it fails the exchange.
 */
final class Resumption {
  private Resumption() {}

  /**
   * Goes on, unless nobody is there any more to read an answer.
   *
   * @param context of the exchange
   */
  static void of(RoutingContext exchange, Context context, Runnable rest) {
    context.runOnContext(
        here -> {
          if (exchange.response().ended() || exchange.response().closed()) {
            return;
          }
          try {
            rest.run();
          } catch (Throwable fault) { // a stack that overflows too
            exchange.fail(fault);
          }
        });
  }
}
