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
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * One MCP conversation: requests and the answers that belong to them.
 *
 * <p>Invariant: a request ends. It ends with the server's answer, at its deadline, when it could
 * not be sent, or when the connection closes, whichever is first; each time its entry is freed, and
 * at its deadline or on cancellation the server is told with {@code notifications/cancelled}.
 * Nothing is ever sent twice. A sign of progress puts off the end for silence, never the deadline.
 *
 * <p>Works on JSON trees rather than on typed messages, so that an answer with content of a kind
 * unknown today reaches the caller instead of failing here.
 *
 * <p>Threading: any thread may send; futures complete on the connection's reader thread or the
 * sweeper's.
 */
final class McpSession implements Connection.Listener {
  private static final Logger LOG = Logger.getLogger("toolgate.session");
  private static final String CALL = "tools/call";
  private static final String INITIALIZE = "initialize";
  private static final String PROGRESS = "notifications/progress";
  private static final int INVALID_PARAMS = -32602;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INTERNAL_ERROR = -32603;

  private final String server;
  private final Masking masking;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final LongSupplier callIds;
  private final Refusals refusals;
  private final ServerLog log;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Consumer<String> onNotification;
  private volatile Connection connection;
  private volatile long heard = System.nanoTime();
  private volatile boolean hasAnswered;
  private volatile boolean hasWorked;
  private volatile boolean wasRefused;
  private volatile boolean declaresTools = true;

  /** A request that waits for its answer. */
  private static final class Pending {
    private final String method;

    /** What is refused with it: a tool, or a method. */
    private final String subject;

    private final Patience patience;
    private final long deadline;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    private volatile long lastSign;
    private volatile long receipt;
    private volatile boolean progressed;

    Pending(String method, String subject, Patience patience, long now) {
      this.method = method;
      this.subject = subject;
      this.patience = patience;
      this.deadline = now + patience.whole().toNanos();
      this.lastSign = now;
    }

    /** Why it ends now; null while it may go on. */
    String endsBecause(long now) {
      if (now - deadline >= 0) {
        return progressed
            ? "The server was still working when the time for the call was over."
            : "The server did not answer in time.";
      }
      if (now - lastSign >= patience.silence().toNanos()) {
        return progressed
            ? "The server reported progress, and then nothing more."
            : "The server did not answer in time.";
      }
      return null;
    }
  }

  /**
   * @param callIds see {@link CallIds}
   * @param refusals of all sessions with the server, one after the other
   * @param onNotification receives the method of every notification, on the reader's thread
   */
  McpSession(
      String server,
      Masking masking,
      LongSupplier callIds,
      Refusals refusals,
      ServerLog log,
      Consumer<String> onNotification) {
    this.server = server;
    this.masking = masking;
    this.callIds = callIds;
    this.refusals = refusals;
    this.log = log;
    this.onNotification = onNotification;
  }

  /** Joins the session to the connection it speaks over; once. */
  void over(Connection newConnection) {
    this.connection = newConnection;
  }

  /** Completes with the reason when no further request can be sent. */
  CompletableFuture<String> closed() {
    return closed;
  }

  /** Completes when, besides, no request waits for its answer any more. */
  CompletableFuture<Void> finished() {
    return finished;
  }

  boolean isClosed() {
    return closed.isDone();
  }

  /**
   * Sends a request.
   *
   * @return the {@code result} of the answer, or a {@link ProblemException}; cancelling it cancels
   *     upstream
   */
  CompletableFuture<JsonNode> request(String method, ObjectNode params, Duration timeout) {
    return request(method, params, Patience.of(timeout), Map.of());
  }

  /**
   * Calls a tool; its progress is asked for.
   *
   * @param headers that only this message has, where it goes over HTTP
   * @return as {@link #request}; fails with {@link SessionLost} when the session ends before
   */
  CompletableFuture<JsonNode> call(
      ObjectNode params, Patience patience, Map<String, String> headers) {
    return request(CALL, params, patience, headers);
  }

  private CompletableFuture<JsonNode> request(
      String method, ObjectNode params, Patience patience, Map<String, String> headers) {
    boolean isCall = CALL.equals(method);
    String subject = isCall ? params.path("name").asText() : method;
    Pending waiting = new Pending(method, subject, patience, System.nanoTime());
    CompletableFuture<JsonNode> answer = waiting.answer;
    long id = enter(waiting, isCall ? callIds : ids::incrementAndGet);
    if (closed.isDone()) {
      end(id, new SessionLost(closed.join(), false));
      finishIfRetired();
      return answer;
    }
    ObjectNode message = message(method, params).put("id", id);
    if (isCall) {
      params.withObjectProperty("_meta").put("progressToken", id);
    }
    waiting.receipt = connection.send(message, headers);
    answer.whenComplete(
        (result, failure) -> {
          if (answer.isCancelled() && pending.remove(id) != null) {
            cancelUpstream(id, "The caller went away.");
          }
          connection.ended(id);
          finishIfRetired();
        });
    return answer;
  }

  private long enter(Pending waiting, LongSupplier source) {
    long id = source.getAsLong();
    while (pending.putIfAbsent(id, waiting) != null) {
      id = source.getAsLong();
    }
    return id;
  }

  /** Warns of an oddity of the server, once. */
  void warnOnce(String oddity) {
    log.once(oddity);
  }

  /** What the server said, as one line that is safe to show. */
  String shown(String text) {
    return masking.line(text);
  }

  void agreed(String revision) {
    connection.agreed(revision);
  }

  void notify(String method) {
    send(message(method, null));
  }

  /** Ends the conversation and the process or connection behind it. */
  CompletableFuture<Void> close() {
    return connection.close();
  }

  private void send(ObjectNode message) {
    connection.send(message, Map.of());
  }

  /** Nanoseconds since the server last said anything. */
  long silence(long nowNanos) {
    return Math.max(0, nowNanos - heard);
  }

  /** Whether it has answered a call, with whatever. */
  boolean hasAnswered() {
    return hasAnswered;
  }

  /** Whether the server has said that it has tools. */
  boolean declaresTools() {
    return declaresTools;
  }

  void declaresTools(boolean declared) {
    declaresTools = declared;
  }

  /** Whether it ended because the server refused something, which a new session may heal. */
  boolean wasRefused() {
    return wasRefused;
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
          String reason = waiting.endsBecause(nowNanos);
          if (reason != null && end(id, Problem.UPSTREAM_TIMEOUT.because(reason))) {
            cancelUpstream(id, "The deadline of the call has passed.");
          }
        });
  }

  private void cancelUpstream(long id, String reason) {
    if (!finished.isDone()) {
      ObjectNode params = Json.MAPPER.createObjectNode().put("requestId", id).put("reason", reason);
      send(message("notifications/cancelled", params));
    }
  }

  private boolean end(long id, RuntimeException failure) {
    Pending waiting = pending.remove(id);
    return waiting != null && waiting.answer.completeExceptionally(failure);
  }

  @Override
  public void received(JsonNode message) {
    heard = System.nanoTime();
    if (message.isArray()) {
      message.forEach(this::received); // batches of the 2025-03-26 revision
    } else if (MessageReader.hasMethod(message)) {
      String method = message.path("method").textValue();
      if (message.hasNonNull("id")) {
        answerServer(message);
      } else if (PROGRESS.equals(method)) {
        progressed(message.path("params").path("progressToken"));
      } else {
        onNotification.accept(method);
      }
    } else {
      answered(message);
    }
  }

  @Override
  public void refused(long id, String reason) {
    end(id, Problem.UPSTREAM_INVALID.because(reason));
  }

  private void progressed(JsonNode token) {
    Pending waiting = pending.get(MessageIds.read(token));
    if (waiting != null) {
      waiting.progressed = true;
      waiting.lastSign = heard;
    }
  }

  private void answered(JsonNode message) {
    Pending waiting = pending.remove(MessageIds.read(message.path("id")));
    if (waiting == null) {
      stray(message);
      return;
    }
    boolean isCall = CALL.equals(waiting.method);
    if (isCall) {
      connection.answered(waiting.receipt);
    }
    if (MessageReader.hasError(message)) {
      failed(waiting, message.get("error"), isCall);
    } else if (message.path("result").isObject() || isCall && message.hasNonNull("result")) {
      worked(waiting, isCall);
      waiting.answer.complete(message.get("result"));
    } else {
      waiting.answer.completeExceptionally(
          Problem.UPSTREAM_INVALID.because("The server's answer has no result object."));
    }
  }

  private void worked(Pending waiting, boolean isCall) {
    hasAnswered |= isCall;
    hasWorked |= !INITIALIZE.equals(waiting.method);
    refusals.answered(waiting.subject);
  }

  private void failed(Pending waiting, JsonNode error, boolean isCall) {
    if (connection.isRemote() && RemoteFailure.refusesSession(error)) {
      String reason = masking.mask("The server refused the session: " + said(error));
      waiting.answer.completeExceptionally(
          beginsAnew(waiting, reason) ? new SessionLost(reason, false) : problem(error, isCall));
      return;
    }
    worked(waiting, isCall);
    waiting.answer.completeExceptionally(problem(error, isCall));
  }

  /**
   * Answers nothing that is waited for. It may come late, or the server may not have kept the id,
   * and then no call is ever answered.
   */
  private void stray(JsonNode message) {
    if (!message.hasNonNull("id") && message.hasNonNull("error")) {
      log.once(
          "it reports an error that belongs to no request: "
              + masking.line(message.path("error").path("message").asText("")));
    } else {
      log.once("it answers a request that nobody waits for; the id of such an answer is unknown");
    }
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
    send(answer);
  }

  /** The one place where JSON-RPC codes become problems. */
  private ProblemException problem(JsonNode error, boolean isCall) {
    String message = masking.mask(said(error));
    String text = message.isBlank() ? "The server gave no reason." : message;
    int code = error.path("code").asInt();
    if (code == INVALID_PARAMS) {
      return Problem.INVALID_ARGUMENTS.because(text);
    }
    if (code == METHOD_NOT_FOUND) {
      return Problem.NOT_FOUND.because(text);
    }
    if (isCall && (code == INTERNAL_ERROR || isToolsOwn(error.path("code")))) {
      return Problem.TOOL_FAILED.because(text);
    }
    return Problem.UPSTREAM_INVALID.because(
        "The server answered with error "
            + masking.mask(error.path("code").asText("without code"))
            + ": "
            + text);
  }

  /** The words of an error, in whatever form they are. */
  private static String said(JsonNode error) {
    if (error.isTextual()) {
      return error.textValue();
    }
    JsonNode message = error.path("message");
    if (message.isTextual() && !message.textValue().isBlank()) {
      return message.textValue();
    }
    JsonNode other = message.isEmpty() ? error.path("data") : message;
    return other.isTextual() ? other.textValue() : other.isEmpty() ? "" : other.toString();
  }

  /** A code outside of the range that JSON-RPC keeps for the protocol. */
  private static boolean isToolsOwn(JsonNode code) {
    return code.isIntegralNumber() && (code.asLong() < -32768 || code.asLong() > -32000);
  }

  @Override
  public void notSent(ObjectNode message, Connection.SendFailure failure) {
    boolean refused =
        failure.effect() == Connection.Effect.REFUSED
            || failure.effect() == Connection.Effect.FORGOTTEN;
    if (refused) {
      heard = System.nanoTime(); // no is an answer too
    }
    if (!message.has("id") || !message.has("method")) {
      return; // a notification or an answer to the server: nobody waits
    }
    long id = message.get("id").asLong();
    String reason = masking.mask(failure.reason());
    if (failure.effect() == Connection.Effect.FORGOTTEN && beginsAnew(pending.get(id), reason)) {
      end(id, new SessionLost(reason, false));
    } else if (refused) {
      end(id, Problem.UPSTREAM_INVALID.because(reason));
    } else {
      end(id, new SessionLost(reason, failure.effect() == Connection.Effect.UNKNOWN));
    }
  }

  /**
   * Whether what was refused may be accepted on a new session. What is refused before anything
   * worked has nothing to do with the session.
   */
  private boolean beginsAnew(Pending refused, String reason) {
    if (refused == null || !hasWorked) {
      return false;
    }
    if (closed.isDone()) {
      return true;
    }
    if (refusals.mayRenew(refused.subject, System.nanoTime())) {
      wasRefused = true;
      retired(reason);
      return true;
    }
    if (!hasAnswered && CALL.equals(refused.method)) {
      refusals.stand(reason);
    }
    return false;
  }

  @Override
  public void doubted() {
    if (!closed.isDone()) {
      request("ping", Json.MAPPER.createObjectNode(), KeepAlive.PING_TIMEOUT);
    }
  }

  @Override
  public void retired(String reason) {
    closed.complete(reason);
    finishIfRetired();
  }

  private void finishIfRetired() {
    if (closed.isDone() && pending.isEmpty() && finished.complete(null)) {
      connection.close();
    }
  }

  @Override
  public void closed(String reason) {
    closed.complete(reason);
    pending.keySet().forEach(id -> end(id, new SessionLost(reason, true)));
    finished.complete(null);
  }
}
