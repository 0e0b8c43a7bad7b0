package io.toolgate.rest;

import io.toolgate.upstream.EndOfTurn;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** On an event loop: after all connections that it has found ready, before it looks again. */
@Singleton
class EndOfLoopTurn implements EndOfTurn {
  @Override
  public void execute(Runnable work) {
    Context loop = Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
    if (loop == null) {
      work.run();
    } else {
      loop.runOnContext(here -> work.run());
    }
  }
}
