package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One call on its way: it waits for its turn, for a session, and for the answer.
 *
 * <p>Invariants: it ends by its deadline, whatever it waits for. It is sent a second time only when
 * the first was surely not received or the tool says that doing it twice does no harm, and never a
 * third time.
 *
 * <p>Threading: goes on where what it waited for came; after its turn, see {@link
 * Surroundings#onward}.
 */
final class Delivery {
  private static final Logger LOG = Logger.getLogger("toolgate.upstream");

  /** So soon a session that has lost a message is closed, or it goes on without it. */
  private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ToolCall call;
  private final Map<String, String> headers;
  private final Supervisor supervisor;
  private final Turns turns;
  private final Duration silence;
  private final long deadline;
  private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
  private volatile CompletableFuture<?> step;
  private boolean repeated;

  private Delivery(ToolCall call, Supervisor supervisor, Turns turns, Patience patience) {
    this.call = call;
    this.headers = call.requester().headersFor(supervisor.definition().transport());
    this.supervisor = supervisor;
    this.turns = turns;
    this.silence = patience.silence();
    this.deadline = System.nanoTime() + patience.whole().toNanos();
  }

  /**
   * @param supervisor entered for this call, and left when it has ended
   * @return the result, or a {@link ProblemException}; cancelling it cancels upstream
   * @throws ProblemException when the server cannot be told of the caller; then nothing has begun
   */
  static CompletableFuture<JsonNode> of(
      ToolCall call, Supervisor supervisor, Turns turns, Patience patience) {
    Delivery delivery = new Delivery(call, supervisor, turns, patience);
    delivery.begin();
    return delivery.answer;
  }

  private void begin() {
    CompletableFuture<Void> turn = turns.enter();
    if (turn == null) {
      supervisor.leave();
      answer.completeExceptionally(tooMany());
      return;
    }
    answer.whenComplete(
        (result, failure) -> {
          supervisor.leave();
          turns.leave(turn);
          if (answer.isCancelled()) {
            cancel();
          }
        });
    if (turn.isDone()) {
      proceed();
    } else {
      turn.copy()
          .orTimeout(left(), TimeUnit.NANOSECONDS)
          .whenComplete(
              (mine, late) -> {
                if (late == null) {
                  proceed();
                } else {
                  answer.completeExceptionally(tooMany());
                }
              });
    }
  }

  private static ProblemException tooMany() {
    return Problem.TOO_MANY_CALLS
        .because("The server has as many calls as it may have. Try again in a moment.")
        .retryAfter(1);
  }

  private long left() {
    return Math.max(0, deadline - System.nanoTime());
  }

  private void proceed() {
    if (answer.isDone()) {
      return; // nobody waits for it any more, so nothing is started for it
    }
    McpSession open = supervisor.session();
    if (open != null) {
      send(open);
      return;
    }
    CompletableFuture<McpSession> coming =
        supervisor.await(Duration.ofNanos(left()), call.requester().diagnosing());
    step = coming; // before what follows puts its own there
    coming.whenComplete(
        (session, failure) -> {
          if (failure == null) {
            send(session);
          } else {
            answer.completeExceptionally(Attempt.cause(failure));
          }
        });
  }

  private void send(McpSession session) {
    if (answer.isDone()) {
      return;
    }
    ObjectNode params = Json.MAPPER.createObjectNode().put("name", call.tool());
    params.set("arguments", call.arguments());
    if (!call.meta().isEmpty()) {
      params.set("_meta", call.meta().deepCopy());
    }
    CompletableFuture<JsonNode> result =
        session.call(params, new Patience(silence, Duration.ofNanos(left())), headers);
    step = result;
    if (answer.isCancelled()) {
      cancel(); // between the look and the sending
    }
    result.whenComplete(
        (json, failure) -> {
          if (failure == null) {
            answer.complete(json);
          } else if (Attempt.cause(failure) instanceof SessionLost lost) {
            lost(session, lost);
          } else {
            answer.completeExceptionally(failure);
          }
        });
  }

  private void lost(McpSession session, SessionLost lost) {
    boolean diagnosing = call.requester().diagnosing();
    boolean harmless = call.repeatable() || !lost.arrived();
    if (harmless && !repeated && !answer.isDone()) {
      repeated = true;
      LOG.debugf("A call of %s is sent again: %s", call.tool(), lost.getMessage());
      session
          .closed()
          .copy()
          .orTimeout(Math.min(left(), LAST_WORDS_NANOS), TimeUnit.NANOSECONDS)
          .whenComplete(
              (reason, goesOn) -> {
                if (goesOn == null) {
                  proceed();
                } else {
                  answer.completeExceptionally(lost.again(diagnosing));
                }
              });
    } else {
      answer.completeExceptionally(harmless ? lost.again(diagnosing) : lost.problem(diagnosing));
    }
  }

  private void cancel() {
    CompletableFuture<?> current = step;
    if (current != null) {
      current.cancel(false);
    }
  }
}
