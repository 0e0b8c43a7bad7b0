package io.toolgate.upstream;

import java.util.concurrent.Executor;

/**
 * The threads that answer requests, each in turns: it does what all its connections have for it,
 * and looks again.
 */
@FunctionalInterface
public interface EventLoops {
  /**
   * The event loop whose thread asks. What it is given there runs after what the loop does now, so
   * that what many requests need can be done once; what other threads give it, too.
   *
   * @param otherwise returned where the asking thread works for no event loop
   */
  Executor current(Executor otherwise);
}
