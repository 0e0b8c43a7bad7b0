package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One MCP conversation: requests and the answers that belong to them.
 *
 * <p>Invariant: a request ends. It ends with the server's answer, at its deadline, when it could
 * not be sent, or when the connection closes, whichever is first; each time its entry is freed, and
 * at its deadline or on cancellation the server is told with {@code notifications/cancelled}.
 * Nothing is ever sent twice.
 *
 * <p>Works on JSON trees rather than on typed messages, so that an answer with content of a kind
 * unknown today reaches the caller instead of failing here.
 *
 * <p>Threading: any thread may send; futures complete on the connection's reader thread or the
 * sweeper's.
 */
final class McpSession implements Connection.Listener {
  private static final Logger LOG = Logger.getLogger("toolgate.session");
  private static final int INVALID_PARAMS = -32602;
  private static final int METHOD_NOT_FOUND = -32601;

  private final String server;
  private final Masking masking;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final Consumer<String> onNotification;
  private volatile Connection connection;

  /** A request that waits for its answer. */
  private record Pending(String method, long deadlineNanos, CompletableFuture<JsonNode> answer) {}

  /**
   * @param onNotification receives the method of every notification, on the reader's thread
   */
  McpSession(String server, Masking masking, Consumer<String> onNotification) {
    this.server = server;
    this.masking = masking;
    this.onNotification = onNotification;
  }

  /** Joins the session to the connection it speaks over; once. */
  void over(Connection newConnection) {
    this.connection = newConnection;
  }

  /** Completes with the reason when the conversation has ended. */
  CompletableFuture<String> closed() {
    return closed;
  }

  /**
   * Sends a request.
   *
   * @return the {@code result} of the answer, or a {@link ProblemException}; cancelling it cancels
   *     upstream
   */
  CompletableFuture<JsonNode> request(String method, ObjectNode params, Duration timeout) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, new Pending(method, System.nanoTime() + timeout.toNanos(), answer));
    if (closed.isDone()) {
      end(id, lost(method, closed.join()));
      return answer;
    }
    ObjectNode message = message(method, params).put("id", id);
    connection.send(message);
    answer.whenComplete(
        (result, failure) -> {
          if (answer.isCancelled() && pending.remove(id) != null) {
            cancelUpstream(id, "The caller went away.");
          }
        });
    return answer;
  }

  /** What the server said, as one line that is safe to show. */
  String shown(String text) {
    return masking.line(text);
  }

  void agreed(String revision) {
    connection.agreed(revision);
  }

  void notify(String method) {
    connection.send(message(method, null));
  }

  /** Ends the conversation and the process or connection behind it. */
  CompletableFuture<Void> close() {
    return connection.close();
  }

  private static ObjectNode message(String method, ObjectNode params) {
    ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    if (params != null) {
      message.set("params", params);
    }
    return message;
  }

  /** Ends the requests whose deadline has passed; called every few milliseconds. */
  void expire(long nowNanos) {
    pending.forEach(
        (id, waiting) -> {
          if (nowNanos - waiting.deadlineNanos() >= 0
              && end(id, Problem.UPSTREAM_TIMEOUT.because("The server did not answer in time."))) {
            cancelUpstream(id, "The deadline of the call has passed.");
          }
        });
  }

  private void cancelUpstream(long id, String reason) {
    if (!closed.isDone()) {
      ObjectNode params = Json.MAPPER.createObjectNode().put("requestId", id).put("reason", reason);
      connection.send(message("notifications/cancelled", params));
    }
  }

  private boolean end(long id, ProblemException problem) {
    Pending waiting = pending.remove(id);
    return waiting != null && waiting.answer().completeExceptionally(problem);
  }

  @Override
  public void received(JsonNode message) {
    if (message.isArray()) {
      message.forEach(this::received); // batches of the 2025-03-26 revision
    } else if (message.has("method")) {
      if (message.hasNonNull("id")) {
        answerServer(message);
      } else {
        onNotification.accept(message.path("method").asText());
      }
    } else {
      answered(message);
    }
  }

  @Override
  public void refused(long id, String reason) {
    end(id, Problem.UPSTREAM_INVALID.because(reason));
  }

  private void answered(JsonNode message) {
    Pending waiting = pending.remove(id(message.path("id")));
    if (waiting == null) {
      LOG.debugf("%s: an answer to no open request was dropped", server);
    } else if (message.hasNonNull("error")) {
      waiting.answer().completeExceptionally(problem(message.get("error")));
    } else if (message.path("result").isObject()) {
      waiting.answer().complete(message.get("result"));
    } else {
      waiting
          .answer()
          .completeExceptionally(
              Problem.UPSTREAM_INVALID.because("The server's answer has no result object."));
    }
  }

  /** Our own ids are positive; some servers send them back as text. */
  private static long id(JsonNode id) {
    boolean whole = id.isIntegralNumber() && id.canConvertToLong();
    return whole || id.isTextual() ? id.asLong(-1) : -1;
  }

  private void answerServer(JsonNode request) {
    ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", request.get("id"));
    if ("ping".equals(request.path("method").asText())) {
      answer.putObject("result");
    } else {
      answer
          .putObject("error")
          .put("code", METHOD_NOT_FOUND)
          .put("message", "This client offers no such method.");
    }
    connection.send(answer);
  }

  /** The one place where JSON-RPC codes become problems. */
  private ProblemException problem(JsonNode error) {
    String message = masking.mask(error.path("message").asText(""));
    String text = message.isBlank() ? "The server gave no reason." : message;
    return switch (error.path("code").asInt()) {
      case INVALID_PARAMS -> Problem.INVALID_ARGUMENTS.because(text);
      case METHOD_NOT_FOUND -> Problem.NOT_FOUND.because(text);
      default ->
          Problem.UPSTREAM_INVALID.because(
              "The server answered with error "
                  + masking.mask(error.path("code").asText("without code"))
                  + ": "
                  + text);
    };
  }

  @Override
  public void notSent(ObjectNode message, Connection.SendFailure failure) {
    if (!message.has("id") || !message.has("method")) {
      return; // a notification or an answer to the server: nobody waits
    }
    String reason = masking.mask(failure.reason());
    end(
        message.get("id").asLong(),
        switch (failure.effect()) {
          case NONE -> Problem.UPSTREAM_UNAVAILABLE.because(reason).retryAfter(1);
          case REFUSED -> Problem.UPSTREAM_INVALID.because(reason);
          case UNKNOWN -> lost(message.path("method").asText(), reason);
        });
  }

  @Override
  public void closed(String reason) {
    if (closed.complete(reason)) {
      pending.forEach((id, waiting) -> end(id, lost(waiting.method(), reason)));
    }
  }

  private static ProblemException lost(String method, String reason) {
    return "tools/call".equals(method)
        ? Problem.OUTCOME_UNKNOWN.because(
            reason + " Whether the call took effect is not known: check before calling again.")
        : Problem.UPSTREAM_UNAVAILABLE.because(reason);
  }
}
