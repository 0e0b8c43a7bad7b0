package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * The stream on which a server may say something without being asked, where it offers one.
 *
 * <p>Invariant: a stream that was open is opened again when it ends, after a pause that grows while
 * nothing comes of it; a refusal means that there is none.
 *
 * <p>Threading: as {@link StreamableConnection}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server">MCP,
 *     Listening for messages from the server</a>
 */
final class ListeningStream implements RemoteExchange.Reader {
  private static final long SHORTEST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = 60_000;
  private static final byte[] NOTHING = {};

  private final StreamableConnection connection;
  private final Connection.Listener listener;
  private volatile RemoteExchange exchange;
  private volatile boolean closed;
  private volatile boolean wasOpen;
  private volatile String lastId;
  private volatile long pauseMillis = SHORTEST_MILLIS;

  ListeningStream(StreamableConnection connection, Connection.Listener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  void open() {
    if (!closed) {
      exchange = connection.exchange(HttpMethod.GET, Map.of(), lastId, NOTHING, this);
    }
  }

  void close() {
    closed = true;
    RemoteExchange current = exchange;
    if (current != null) {
      current.abandon();
    }
  }

  @Override
  public void accepted(io.vertx.core.MultiMap headers) {
    wasOpen = true;
  }

  @Override
  public void message(JsonNode message) {
    pauseMillis = SHORTEST_MILLIS;
    listener.received(message);
  }

  @Override
  public void skipped(String what) {
    connection.server().skipped(what);
  }

  @Override
  public void lastId(String id) {
    lastId = id;
  }

  @Override
  public void retry(long millis) {
    pauseMillis = Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, millis));
  }

  @Override
  public void done(int status) {
    again();
  }

  /** A broken stream may be the first sign that the server is gone, or has begun anew. */
  @Override
  public void failed(RemoteFailure failure) {
    if (wasOpen && !closed) {
      listener.doubted();
      if (failure.effect() != Connection.Effect.FORGOTTEN) {
        again();
      }
    }
  }

  private void again() {
    if (!closed && wasOpen) {
      long pause = pauseMillis;
      pauseMillis = Math.min(LONGEST_MILLIS, 2 * pause);
      connection.server().later(pause, this::open);
    }
  }
}
