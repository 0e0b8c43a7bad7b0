package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Carries JSON-RPC messages to and from one MCP server; knows nothing of their meaning.
 *
 * <p>Invariant: {@link Listener#closed} is called exactly once, when nothing can be received any
 * more, whoever ended it.
 *
 * <p>Threading: {@link #send} and {@link #close} may be called from any thread and never block.
 */
interface Connection {

  /**
   * Sends a message, or tells {@link Listener#notSent} why it could not.
   *
   * @param headers that only this message has, where it goes over HTTP
   * @return a receipt for {@link #answered}
   */
  long send(ObjectNode message, Map<String, String> headers);

  /** The server has answered the call with this receipt, and so has surely read it. */
  default void answered(long receipt) {}

  /** The request with this id has ended; whatever still carries it is not needed any more. */
  default void ended(long id) {}

  /** Whether the other side may forget the conversation while the connection goes on. */
  default boolean isRemote() {
    return false;
  }

  /** Both sides speak this protocol revision from now on; HTTP repeats it in a header. */
  default void agreed(String revision) {}

  /**
   * Ends the connection and everything behind it; may be called again.
   *
   * @return completed when all of it is gone
   */
  CompletableFuture<Void> close();

  /**
   * Receives what the server says. Called from the connection's own threads, one call at a time per
   * message.
   */
  interface Listener {
    void received(JsonNode message);

    /**
     * The answer to a request came and was thrown away.
     *
     * @param reason for the caller, without secrets
     */
    void refused(long id, String reason);

    /** The message reached nobody; the connection may go on. */
    void notSent(ObjectNode message, SendFailure failure);

    /** Something broke, and whether the server is still there can only be found out by asking. */
    void doubted();

    /**
     * No further request will reach the server; the answers to those that did still may.
     *
     * @param reason one sentence for people, without secrets
     */
    void retired(String reason);

    /**
     * @param reason one sentence for people, without secrets
     */
    void closed(String reason);
  }

  /**
   * Why a message was not delivered.
   *
   * @param effect what may have happened at the server all the same
   * @param reason one sentence for people, without secrets
   */
  record SendFailure(Effect effect, String reason) {}

  /** What an undelivered message may have done. */
  enum Effect {
    /** It never reached the server. */
    NONE,
    /** The server itself answered no. */
    REFUSED,
    /** The server answered no, and perhaps only because it does not know the session any more. */
    FORGOTTEN,
    /** The way broke after it was sent. */
    UNKNOWN
  }
}
