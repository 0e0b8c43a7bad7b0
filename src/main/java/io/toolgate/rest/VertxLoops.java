package io.toolgate.rest;

import io.toolgate.upstream.EventLoops;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

/** Those of Vert.x, which answer HTTP requests. */
@Singleton
class VertxLoops implements EventLoops {
  @Override
  public Executor current(Executor otherwise) {
    Context loop = Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
    return loop == null ? otherwise : work -> loop.runOnContext(here -> work.run());
  }
}
