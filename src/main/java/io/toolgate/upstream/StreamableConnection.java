package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An MCP server reached over Streamable HTTP: each message is a POST, whose answer carries the
 * answers to it.
 *
 * <p>Invariants: a request whose HTTP answer ends without an answer to it ends too; what a server
 * refuses in words of JSON-RPC is its answer. The session's id is sent as it was given, and told to
 * be of no more use at the end.
 *
 * <p>Threading: any thread; answers come on the threads of {@link RemoteExchange}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">MCP,
 *     Streamable HTTP</a>
 */
final class StreamableConnection implements Connection {
  private static final String INITIALIZED = "notifications/initialized";
  private static final long GREETING_MILLIS = 5000;
  private static final long FAREWELL_MILLIS = 2000;

  private final RemoteServer server;
  private final Listener listener;
  private final Map<Long, PostedMessage> posted = new ConcurrentHashMap<>();
  private final Set<PostedMessage> unasked = ConcurrentHashMap.newKeySet();
  private volatile CompletableFuture<Void> greeted = CompletableFuture.completedFuture(null);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ListeningStream stream;
  private volatile String session;
  private volatile String revision;

  StreamableConnection(RemoteServer server, Listener listener) {
    this.server = server;
    this.listener = listener;
    this.stream = new ListeningStream(this, listener);
  }

  @Override
  public long send(ObjectNode message, Map<String, String> own) {
    if (closed.get()) {
      listener.notSent(message, new SendFailure(Effect.NONE, "The session was closed."));
      return 0;
    }
    PostedMessage post = new PostedMessage(this, listener, message);
    if (post.isRequest()) {
      posted.put(post.id(), post);
    } else {
      unasked.add(post);
    }
    CompletableFuture<Void> before = greeted;
    if (isGreeting(message)) {
      greeted =
          new CompletableFuture<Void>()
              .completeOnTimeout(null, GREETING_MILLIS, TimeUnit.MILLISECONDS);
    }
    before.thenRun(() -> post.begin(own));
    return 0;
  }

  /** What follows it is sent when the server has it: each message has a connection of its own. */
  private static boolean isGreeting(ObjectNode message) {
    return INITIALIZED.equals(message.path("method").asText());
  }

  /** A request with the headers that belong to the session. */
  RemoteExchange exchange(
      HttpMethod method,
      Map<String, String> own,
      String lastEventId,
      byte[] body,
      RemoteExchange.Reader reader) {
    MultiMap headers = server.headers(own);
    headers.set("Accept", method == HttpMethod.GET ? "text/event-stream" : RemoteServer.ANY_ANSWER);
    set(headers, HttpHeaders.MCP_SESSION_ID, session);
    set(headers, HttpHeaders.PROTOCOL_VERSION, revision);
    set(headers, HttpHeaders.LAST_EVENT_ID, lastEventId);
    return server.begin(method, headers, body, reader);
  }

  private static void set(MultiMap headers, String name, String value) {
    if (value != null && !value.isEmpty()) {
      headers.set(name, value);
    }
  }

  RemoteServer server() {
    return server;
  }

  /** The server has given the session an id, or gives it once more. */
  void accepted(MultiMap headers) {
    String given = headers.get(HttpHeaders.MCP_SESSION_ID);
    if (given != null) {
      session = given;
    }
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** The server has said all that it says to this. */
  void over(PostedMessage post, ObjectNode message) {
    posted.remove(post.id(), post);
    unasked.remove(post);
    if (isGreeting(message)) {
      stream.open();
      greeted.complete(null);
    }
  }

  @Override
  public void ended(long id) {
    PostedMessage post = posted.remove(id);
    if (post != null) {
      post.leave();
    }
  }

  @Override
  public void agreed(String newRevision) {
    revision = newRevision;
  }

  @Override
  public CompletableFuture<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    stream.close();
    listener.closed("The session was closed.");
    posted.values().forEach(PostedMessage::abandon);
    unasked.forEach(PostedMessage::abandon);
    return session != null ? farewell() : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> farewell() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    exchange(
        HttpMethod.DELETE,
        Map.of(),
        null,
        new byte[0],
        new RemoteExchange.Reader() {
          @Override
          public void message(JsonNode message) {}

          @Override
          public void done(int status) {
            told.complete(null);
          }

          @Override
          public void failed(RemoteFailure failure) {
            told.complete(null);
          }
        });
    return told.completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
  }
}
