package io.toolgate.upstream;

import java.util.concurrent.Executor;

/**
 * The threads that answer requests, each in turns: it does what all its connections have for it,
 * and looks again.
 */
@FunctionalInterface
public interface EventLoops {
  /**
   * The event loop whose thread asks. What it is given runs at the end of the turn, or in the next
   * when it comes from another thread, so that what many requests need can be done once.
   *
   * @param otherwise returned to threads that are no event loops
   */
  Executor current(Executor otherwise);
}
