package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.upstream.RemoteExchange.Reader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An MCP server reached over the older HTTP transport: all it says comes on one stream, whose first
 * event tells where messages are posted to.
 *
 * <p>Invariants: the end of the stream is the end of the conversation. Messages are posted to the
 * host that the stream comes from and to no other, because headers carry credentials.
 *
 * <p>Threading: any thread; what waits for the first event is guarded by this object's lock.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP
 *     2024-11-05, HTTP with SSE</a>
 */
final class SseConnection implements Connection {
  private static final byte[] NOTHING = {};
  private static final long UNASKED_MILLIS = 30_000;
  private static final long AFTER_ANSWER_MILLIS = 2000;

  private final RemoteServer server;
  private final Listener listener;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile RemoteExchange stream;
  private final Map<Long, RemoteExchange> posts = new ConcurrentHashMap<>();
  private final Set<RemoteExchange> unasked = ConcurrentHashMap.newKeySet();
  private RemoteAddress messages;
  private List<Runnable> waiting = new ArrayList<>();

  private SseConnection(RemoteServer server, Listener listener) {
    this.server = server;
    this.listener = listener;
  }

  /** Opens the stream; a server that cannot be reached is told to the listener. */
  static SseConnection open(RemoteServer server, Listener listener) {
    SseConnection connection = new SseConnection(server, listener);
    MultiMap headers = server.headers(Map.of());
    headers.set("Accept", "text/event-stream");
    connection.stream = server.begin(HttpMethod.GET, headers, NOTHING, connection.new Stream());
    if (connection.closed.get()) {
      connection.stream.abandon();
    }
    return connection;
  }

  @Override
  public long send(ObjectNode message, Map<String, String> own) {
    byte[] body = Json.bytes(message);
    RemoteAddress to;
    synchronized (this) {
      to = messages;
      if (to == null && !closed.get()) {
        waiting.add(() -> post(message, own, body));
        return 0;
      }
    }
    if (closed.get()) {
      listener.notSent(message, new SendFailure(Effect.NONE, "The session was closed."));
    } else {
      post(message, own, body);
    }
    return 0;
  }

  private void post(ObjectNode message, Map<String, String> own, byte[] body) {
    RemoteAddress to;
    synchronized (this) {
      to = messages;
    }
    MultiMap headers = server.headers(own);
    headers.set("Accept", RemoteServer.ANY_ANSWER);
    RemoteExchange exchange = server.begin(to, HttpMethod.POST, headers, body, new Post(message));
    long id = message.has("method") ? MessageIds.read(message.path("id")) : MessageIds.NONE;
    if (id == MessageIds.NONE) { // nobody waits, and so nobody else gives it up
      unasked.add(exchange);
      server.later(UNASKED_MILLIS, () -> giveUp(exchange));
    } else {
      posts.put(id, exchange);
    }
  }

  private void giveUp(RemoteExchange exchange) {
    unasked.remove(exchange);
    exchange.abandon();
  }

  /** The answer came on the stream; a server may hold the POST open all the same. */
  @Override
  public void ended(long id) {
    RemoteExchange exchange = posts.remove(id);
    if (exchange != null && !exchange.isWhole()) {
      server.later(AFTER_ANSWER_MILLIS, exchange::abandon);
    }
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  private void endpoint(String reference) {
    Optional<RemoteAddress> to =
        server
            .address()
            .resolve(reference)
            .filter(address -> address.hasOriginOf(server.address()));
    if (to.isEmpty()) {
      lost("The server wants messages at another host, where none are sent.");
      return;
    }
    List<Runnable> ready;
    synchronized (this) {
      messages = to.get();
      ready = waiting;
      waiting = new ArrayList<>();
    }
    ready.forEach(Runnable::run);
  }

  private void lost(String reason) {
    if (closed.compareAndSet(false, true)) {
      RemoteExchange current = stream;
      if (current != null) {
        current.abandon();
      }
      posts.values().forEach(RemoteExchange::abandon);
      unasked.forEach(RemoteExchange::abandon);
      listener.closed(reason);
    }
  }

  @Override
  public CompletableFuture<Void> close() {
    lost("The session was closed.");
    return CompletableFuture.completedFuture(null);
  }

  /** Everything that the server says. */
  private final class Stream implements Reader {
    @Override
    public void moved(RemoteAddress to) {
      server.moved(to);
    }

    @Override
    public boolean event(String type, byte[] data, int length) {
      if (!type.equals("endpoint")) {
        return false;
      }
      endpoint(new String(data, 0, length, StandardCharsets.UTF_8));
      return true;
    }

    @Override
    public void message(JsonNode message) {
      listener.received(message);
    }

    @Override
    public void skipped(String what) {
      server.skipped(what);
    }

    @Override
    public void done(int status) {
      lost(RemoteFailure.streamEnded().reason());
    }

    @Override
    public void failed(RemoteFailure failure) {
      lost(failure.reason());
    }
  }

  /** One message on its way. */
  private final class Post implements Reader {
    private final ObjectNode message;

    Post(ObjectNode message) {
      this.message = message;
    }

    @Override
    public void message(JsonNode answer) {
      listener.received(answer);
    }

    /** What is said beside the stream is a courtesy, "Accepted" for example. */
    @Override
    public boolean expectsMessage() {
      return false;
    }

    @Override
    public void done(int status) {}

    @Override
    public void failed(RemoteFailure failure) {
      listener.notSent(message, failure.told());
      if (failure.effect() == Effect.NONE) {
        lost(failure.reason());
      }
    }
  }
}
