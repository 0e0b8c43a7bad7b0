package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.Await;
import io.toolgate.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The server's end of a session within the test: keeps what is sent and says what it is told. */
final class Peer implements Connection {
  final List<JsonNode> sent = new CopyOnWriteArrayList<>();
  final List<String> notified = new CopyOnWriteArrayList<>();
  final McpSession session;
  private final Executor reader =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "peer");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Function<JsonNode, String>> answers = new ConcurrentHashMap<>();
  private volatile String revision = "";
  private volatile SendFailure failure;

  /**
   * @param secrets what the session masks
   */
  Peer(String... secrets) {
    session =
        new McpSession(
            "s",
            new Masking(Set.of(secrets)),
            new AtomicLong()::incrementAndGet,
            new Refusals(),
            new ServerLog("s", 50),
            notified::add);
    session.over(this);
  }

  /**
   * From now on requests of this method get the result that is made of their parameters, soon; none
   * where null is made of them.
   */
  Peer answers(String method, Function<JsonNode, String> result) {
    answers.put(method, result);
    return this;
  }

  /** From now on nothing can be sent. */
  Peer failing(Effect effect, String reason) {
    failure = new SendFailure(effect, reason);
    return this;
  }

  void says(String message) {
    session.received(json(message));
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  /** What the future failed with; waits for it. */
  static ProblemException problem(CompletableFuture<?> future) {
    CompletionException failed =
        assertThrows(CompletionException.class, () -> Await.result(future));
    return failed.getCause() instanceof SessionLost lost
        ? lost.problem(true)
        : assertInstanceOf(ProblemException.class, failed.getCause());
  }

  JsonNode lastSent() {
    return sent.get(sent.size() - 1);
  }

  /** The protocol revision both sides speak; empty before that. */
  String revision() {
    return revision;
  }

  @Override
  public long send(ObjectNode message, Map<String, String> headers) {
    if (failure != null) {
      session.notSent(message, failure);
      return 0;
    }
    sent.add(message);
    Function<JsonNode, String> answer = answers.get(message.path("method").asText());
    String result =
        answer != null && message.has("id") ? answer.apply(message.path("params")) : null;
    if (result != null) {
      ObjectNode response = object().put("jsonrpc", "2.0").put("id", message.get("id").asLong());
      response.set("result", json(result));
      reader.execute(() -> session.received(response));
    }
    return 0;
  }

  @Override
  public void agreed(String newRevision) {
    revision = newRevision;
  }

  @Override
  public CompletableFuture<Void> close() {
    session.closed("The session was closed.");
    return CompletableFuture.completedFuture(null);
  }
}
