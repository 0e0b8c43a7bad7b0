package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.upstream.Connection.Effect;
import io.toolgate.upstream.Connection.SendFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * One message on its way over Streamable HTTP, until it has its answer.
 *
 * <p>Invariant: a request is answered, or the listener is told why not. A stream that ends before
 * the answer is asked for again where the server has numbered its events, as it may want it.
 *
 * <p>Threading: one thread at a time reads its answer; any may end it.
 */
final class PostedMessage implements RemoteExchange.Reader {
  /** A stream that goes on after the answer may say so much longer what it has to say. */
  private static final long AFTER_ANSWER_MILLIS = 2000;

  private static final long RESUME_MILLIS = 1000;
  private static final int MOST_RESUMPTIONS = 1000;
  private static final long UNASKED_MILLIS = 30_000;
  private static final byte[] NOTHING = {};

  private final StreamableConnection connection;
  private final Connection.Listener listener;
  private final ObjectNode message;
  private final long id;
  private volatile Map<String, String> own = Map.of();
  private volatile RemoteExchange exchange;
  private volatile boolean answered;
  private volatile boolean abandoned;
  private volatile String lastId;
  private volatile long retryMillis;
  private int resumptions;

  PostedMessage(StreamableConnection connection, Connection.Listener listener, ObjectNode message) {
    this.connection = connection;
    this.listener = listener;
    this.message = message;
    this.id = message.has("method") ? MessageIds.read(message.path("id")) : MessageIds.NONE;
  }

  boolean isRequest() {
    return id != MessageIds.NONE;
  }

  long id() {
    return id;
  }

  void begin(Map<String, String> headers) {
    own = headers;
    if (!isRequest()) { // nobody waits, and so nobody else gives it up
      connection.server().later(UNASKED_MILLIS, this::giveUp);
    }
    carriedBy(connection.exchange(HttpMethod.POST, headers, null, Json.bytes(message), this));
  }

  private void carriedBy(RemoteExchange next) {
    exchange = next;
    if (abandoned) {
      next.abandon();
    }
  }

  /** Nobody waits for the answer; what follows it may still come. */
  void leave() {
    if (!answered) {
      abandon();
    } else if (!exchange.isWhole()) {
      connection.server().later(AFTER_ANSWER_MILLIS, this::abandon);
    }
  }

  private void giveUp() {
    abandon();
    end();
  }

  void abandon() {
    abandoned = true;
    RemoteExchange current = exchange;
    if (current != null) {
      current.abandon();
    }
  }

  @Override
  public void accepted(MultiMap headers) {
    connection.accepted(headers);
  }

  @Override
  public void moved(RemoteAddress to) {
    connection.server().moved(to);
  }

  @Override
  public void message(JsonNode received) {
    if (received.isArray()) {
      received.forEach(this::message); // batches of the 2025-03-26 revision
      return;
    }
    if (!isRequest() && MessageReader.hasMethod(received) && received.hasNonNull("id")) {
      // Its answer would be answered so again, without end.
      skipped("a request in the answer to a message that asks nothing");
      return;
    }
    answered |= answers(received);
    listener.received(received);
  }

  /** What has no id answers the only request that it can be about. */
  private boolean answers(JsonNode received) {
    if (!isRequest() || MessageReader.hasMethod(received)) {
      return false;
    }
    if (!received.hasNonNull("id")) {
      ((ObjectNode) received).put("id", id);
    }
    return MessageIds.read(received.path("id")) == id;
  }

  @Override
  public void skipped(String what) {
    connection.server().skipped(what);
  }

  @Override
  public void lastId(String newId) {
    lastId = newId;
  }

  @Override
  public void retry(long millis) {
    retryMillis = millis;
  }

  @Override
  public void done(int status) {
    if (isRequest() && !answered) {
      resumeOr(RemoteFailure.unanswered(status));
    } else {
      end();
    }
  }

  @Override
  public void failed(RemoteFailure failure) {
    if (answered) {
      end(); // what broke after the answer harms nobody
    } else if (failure.answer().isPresent()
        && failure.effect() == Effect.REFUSED
        && answers(failure.answer().get())) {
      answered = true;
      listener.received(failure.answer().get());
      end();
    } else if (failure.effect() == Effect.UNKNOWN) {
      resumeOr(failure);
    } else if (resumptions > 0) { // refused is only the rest of what has begun
      refuse(new SendFailure(Effect.UNKNOWN, failure.reason()));
    } else {
      refuse(failure.told());
      if (failure.effect() == Effect.NONE) {
        listener.retired(failure.reason());
      }
    }
  }

  private void resumeOr(RemoteFailure failure) {
    if (lastId == null || abandoned || connection.isClosed() || resumptions++ > MOST_RESUMPTIONS) {
      refuse(failure.told());
      return;
    }
    long pause = Math.min(RESUME_MILLIS, 10L << Math.min(10, resumptions));
    connection.server().later(Math.max(retryMillis, pause), this::resume);
  }

  private void resume() {
    if (!abandoned && !connection.isClosed()) {
      carriedBy(connection.exchange(HttpMethod.GET, own, lastId, NOTHING, this));
    }
  }

  private void refuse(SendFailure failure) {
    end();
    if (!abandoned) {
      answered = true;
      listener.notSent(message, failure);
    }
  }

  private void end() {
    connection.over(this, message);
  }
}
