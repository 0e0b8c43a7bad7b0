package io.toolgate.rest;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where exceptions become answers.
 *
 * <p>Invariant: only a {@link ProblemException} speaks to the caller in its own words; of any other
 * exception the caller sees a constant text and the request id, under which the log has the rest.
 */
@Singleton
class Problems {
  private static final Logger LOG = Logger.getLogger("toolgate");

  private final Unanswered unanswered;

  Problems(Unanswered unanswered) {
    this.unanswered = unanswered;
  }

  /**
   * Failures outside the resources: requests that cannot be read, and faults. First in order, so
   * that no handler of the framework answers in its own form.
   */
  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::fail);
    router.errorHandler(400, this::fail); // a path that no route could even be looked up for
    router.errorHandler(404, exchange -> ProblemDocument.send(exchange, unanswered.at(exchange)));
  }

  private void fail(RoutingContext exchange) {
    if (exchange.response().ended() || exchange.response().closed()) {
      return;
    }
    boolean unreadable = exchange.statusCode() >= 400 && exchange.statusCode() < 500;
    ProblemDocument.send(
        exchange,
        unreadable
            ? Problem.MALFORMED_BODY.because("The request cannot be read as HTTP.")
            : problem(cause(exchange.failure()), exchange));
  }

  @ServerExceptionMapper
  Response map(Throwable failure, RoutingContext exchange) {
    ProblemException problem = problem(cause(failure), exchange);
    Response.ResponseBuilder answer =
        Response.status(problem.problem().status())
            .type(ProblemDocument.MEDIA_TYPE)
            .entity(ProblemDocument.bytes(problem, Door.requestId(exchange)));
    ProblemDocument.headers(problem, exchange).forEach(answer::header);
    return answer.build();
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private ProblemException problem(Throwable cause, RoutingContext exchange) {
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    if (cause instanceof CancellationException) {
      return Problem.OUTCOME_UNKNOWN.because("The caller went away."); // nobody reads it
    }
    if (cause instanceof NotFoundException || cause instanceof NotAllowedException) {
      return unanswered.at(exchange);
    }
    return internal(cause, exchange);
  }

  private static ProblemException internal(Throwable cause, RoutingContext exchange) {
    LOG.errorf(
        cause, "A request failed because of a fault of ours, request %s", Door.requestId(exchange));
    return Problem.INTERNAL.because(
        "Something went wrong here. The log names the reason under this request id.");
  }
}
