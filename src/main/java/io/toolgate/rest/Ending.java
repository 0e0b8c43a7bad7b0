package io.toolgate.rest;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether Toolgate is being stopped: first it is not ready, so that a balancer in front sends calls
 * elsewhere; then it takes no new calls, while those that run go on to their answers and everything
 * else is answered as before.
 *
 * <p>Invariant: a call was either let in, and is waited for, or refused; none slips in between.
 *
 * <p>Threading: any thread; the lock is held for a count.
 */
@Default // as no bean is that has another qualifier
@Readiness
@Singleton
public class Ending implements HealthCheck {
  private static final int RESTART_SECONDS = 5;

  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private boolean announced;
  private boolean begun;
  private int running;

  /**
   * Lets a call in, which counts until its exchange has ended.
   *
   * @throws ProblemException upstream-unavailable if none are taken any more
   */
  void enter(RoutingContext exchange) {
    synchronized (this) {
      if (begun) {
        throw Problem.UPSTREAM_UNAVAILABLE
            .because("Toolgate is being stopped. Try again when it has been started again.")
            .retryAfter(RESTART_SECONDS);
      }
      running++;
    }
    exchange.addEndHandler(ended -> leave());
  }

  private synchronized void leave() {
    running--;
    tell();
  }

  private void tell() {
    if (begun && running == 0) {
      answered.complete(null);
    }
  }

  /** Is not ready from now on, and gives those who ask for that time to notice. */
  public void announce(Duration notice) {
    if (notice.isZero()) {
      return;
    }
    synchronized (this) {
      announced = true;
    }
    new CompletableFuture<Void>()
        .completeOnTimeout(null, notice.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Takes no new calls from now on. */
  public synchronized void begin() {
    announced = true;
    begun = true;
    tell();
  }

  /** Waits until the calls that were let in have been answered, so long at most. */
  public void await(Duration longest) {
    answered.completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public synchronized HealthCheckResponse call() {
    return HealthCheckResponse.named("taking calls").status(!announced).build();
  }
}
