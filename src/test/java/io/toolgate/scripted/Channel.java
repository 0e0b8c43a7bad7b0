package io.toolgate.scripted;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The way back to the client: standard output, an event stream, or the one answer of a POST.
 *
 * <p>Threading: any thread may send; messages never mix. What a client that has gone away would
 * have received is dropped.
 */
interface Channel {
  /** Where messages go that nobody can receive. */
  Channel NONE =
      new Channel() {
        @Override
        public void send(JsonNode message) {}

        @Override
        public void garbage() {}

        @Override
        public void hangUp() {}
      };

  void send(JsonNode message);

  /** Sends a message in the smallest pieces that the transport has. */
  default void sendInPieces(JsonNode message) {
    send(message);
  }

  /** Sends the first half of a message, where the transport can. */
  default void sendHalf(JsonNode message) {}

  /** Sends what is no message, but what a reader of this transport must survive. */
  void garbage();

  /** No more messages belong to the request this channel was made for. */
  default void end() {}

  /** Closes the connection under the client, whatever it still waits for. */
  void hangUp();
}
