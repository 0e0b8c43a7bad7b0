package io.toolgate.rest;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a request's body up to a limit.
 *
 * <p>Invariant: never more than the limit is kept. What comes beyond is thrown away as it arrives,
 * so that the client can finish sending and read why it was refused; a client that sends without
 * end is cut off.
 *
 * <p>Threading: the request's event loop.
 */
final class Body {
  private static final int PATIENCE = 10; // times the limit, before the connection is cut

  private final HttpServerRequest request;
  private final int limit;
  private final CompletableFuture<byte[]> complete = new CompletableFuture<>();
  private Buffer kept = Buffer.buffer();
  private long received;

  private Body(HttpServerRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * Begins to read.
   *
   * @param limit bytes
   * @return the whole body, empty when there is none; or {@link Problem#BODY_TOO_LARGE}; cancelled
   *     when the caller goes away
   */
  static CompletableFuture<byte[]> read(HttpServerRequest request, int limit) {
    Body body = new Body(request, limit);
    request.handler(body::add);
    request.endHandler(end -> body.complete.complete(body.kept.getBytes()));
    request.exceptionHandler(gone -> body.complete.cancel(false));
    if (announced(request) > limit) {
      body.complete.completeExceptionally(tooLarge(limit));
    }
    request.resume();
    return body.complete;
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length); // the HTTP decoder refuses any but digits
  }

  private void add(Buffer part) {
    received += part.length();
    if (received <= limit) {
      kept.appendBuffer(part);
      return;
    }
    kept = Buffer.buffer();
    if (received > (long) PATIENCE * limit) {
      request.connection().close();
    }
    complete.completeExceptionally(tooLarge(limit));
  }

  private static ProblemException tooLarge(int limit) {
    return Problem.BODY_TOO_LARGE.because(
        "A request body may have " + (limit >> 20) + " MB. Send less at a time.");
  }
}
