package io.toolgate.rest;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a request's body up to a limit.
 *
 * <p>Invariants: never more than the limit is kept of one body, and never more than {@link #BUDGET}
 * of all that are being received; a body that is not complete in time is given up. A client that
 * asks whether it may send is told so only when its body is wanted. What comes beyond is thrown
 * away as it arrives, so that the client can finish sending and read why it was refused; a client
 * that sends without end is cut off, and one that has proven nothing already after what a body may
 * have.
 *
 * <p>Threading: the request's event loop; the sum over all requests is shared.
 */
final class Body {
  /** Largest body of a call, in bytes. */
  static final int LIMIT = 10 * 1024 * 1024;

  private static final long CUT_OFF = 10L * LIMIT;
  private static final long BUDGET = Math.max(3L * LIMIT, Runtime.getRuntime().maxMemory() / 8);
  private static final int SECONDS = 60;
  private static final AtomicLong RECEIVING = new AtomicLong();
  private static final byte[] NOTHING = {};

  private final HttpServerRequest request;
  private final long cutOff;
  private final CompletableFuture<byte[]> complete = new CompletableFuture<>();
  private Buffer kept = Buffer.buffer();
  private long received;

  private Body(HttpServerRequest request, long cutOff) {
    this.request = request;
    this.cutOff = cutOff;
  }

  /**
   * Begins to read.
   *
   * @return the whole body, empty when there is none; or {@link Problem#BODY_TOO_LARGE} or {@link
   *     Problem#TOO_MANY_CALLS}; cancelled when the caller goes away or stops sending
   */
  static CompletableFuture<byte[]> read(HttpServerRequest request) {
    Body body = new Body(request, CUT_OFF);
    request.handler(body::add);
    request.endHandler(end -> body.complete.complete(body.kept.getBytes()));
    request.exceptionHandler(gone -> body.complete.cancel(false));
    body.complete.whenComplete((bytes, failure) -> body.release());
    if (announced(request) > LIMIT) {
      body.complete.completeExceptionally(tooLarge());
    } else if (asks(request)) {
      request.response().writeContinue();
    }
    request.resume();
    return body.complete;
  }

  /**
   * Throws away what is still to come of a body that nobody wanted. Of a client that asked whether
   * it may send nothing comes, and what it sends next could not be told from a body.
   *
   * @param proven whether it is known who sends it
   */
  static void discard(HttpServerRequest request, boolean proven) {
    if (request.isEnded()) {
      return;
    }
    if (asks(request) && request.bytesRead() == 0) {
      request.connection().close();
      return;
    }
    Body body = new Body(request, proven ? CUT_OFF : LIMIT);
    body.complete.complete(NOTHING);
    request.handler(body::add);
    request.resume();
  }

  /** RFC 9110, section 10.1.1. */
  private static boolean asks(HttpServerRequest request) {
    return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length); // the HTTP decoder refuses any but digits
  }

  private void add(Buffer part) {
    boolean first = received == 0;
    received += part.length();
    if (received > cutOff) {
      request.connection().close();
    }
    if (complete.isDone()) {
      return;
    }
    if (received > LIMIT) {
      complete.completeExceptionally(tooLarge());
    } else if (RECEIVING.addAndGet(part.length()) > BUDGET) {
      kept.appendBuffer(part); // so that exactly what was counted is given back
      complete.completeExceptionally(
          Problem.TOO_MANY_CALLS
              .because("Too many large requests are being received at once.")
              .retryAfter(1));
    } else {
      kept.appendBuffer(part);
      if (first && announced(request) != received) {
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(this::giveUp);
      }
    }
  }

  private void giveUp() {
    if (complete.cancel(false)) {
      request.connection().close();
    }
  }

  private void release() {
    RECEIVING.addAndGet(-kept.length());
    kept = Buffer.buffer();
  }

  private static ProblemException tooLarge() {
    return Problem.BODY_TOO_LARGE.because(
        "A request body may have " + (LIMIT >> 20) + " MB. Send less at a time.");
  }
}
