package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.Await;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what a connection reports. */
final class Heard implements Connection.Listener {
  final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  final List<String> refused = new CopyOnWriteArrayList<>();
  final List<Connection.SendFailure> notSent = new CopyOnWriteArrayList<>();
  final List<String> closed = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();

  @Override
  public void received(JsonNode message) {
    messages.add(message);
  }

  @Override
  public void refused(long id, String reason) {
    refused.add(id + ": " + reason);
  }

  @Override
  public void notSent(ObjectNode message, Connection.SendFailure failure) {
    notSent.add(failure);
  }

  @Override
  public void doubted() {}

  @Override
  public void retired(String reason) {}

  @Override
  public void closed(String reason) {
    closed.add(reason);
    end.complete(reason);
  }

  /** The next message; waits for it. */
  JsonNode next() throws InterruptedException {
    return Await.next("a message", messages);
  }

  /** Why the connection ended; waits for it. */
  String end() {
    return Await.result(end);
  }
}
