package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndOfLoopTurnTest {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final EndOfLoopTurn endOfTurn = new EndOfLoopTurn();

  @Test
  void onAnEventLoopAfterWhatItDoesNow() throws Exception {
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Void> end = new CompletableFuture<>();
    try {
      vertx.runOnContext(
          now -> {
            endOfTurn.execute(
                () -> {
                  done.add("end of turn");
                  end.complete(null);
                });
            done.add("turn");
          });
      end.get(20, TimeUnit.SECONDS);
    } finally {
      vertx.close();
    }

    assertEquals(List.of("turn", "end of turn"), done);
  }

  @Test
  void onOtherThreadsAtOnce() {
    endOfTurn.execute(() -> done.add("now"));

    assertEquals(List.of("now"), done);
  }
}
