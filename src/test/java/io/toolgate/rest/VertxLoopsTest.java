package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.toolgate.Await;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class VertxLoopsTest {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final VertxLoops loops = new VertxLoops();

  @Test
  void onAnEventLoopAfterWhatItDoesNow() throws Exception {
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Void> end = new CompletableFuture<>();
    try {
      vertx.runOnContext(
          now -> {
            loops
                .current(Runnable::run)
                .execute(
                    () -> {
                      done.add("end of turn");
                      end.complete(null);
                    });
            done.add("turn");
          });
      Await.result(end);
    } finally {
      vertx.close();
    }

    assertEquals(List.of("turn", "end of turn"), done);
  }

  @Test
  void leadsBackToTheEventLoopThatAsked() throws Exception {
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Executor> found = new CompletableFuture<>();
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    CompletableFuture<Thread> asked = new CompletableFuture<>();
    try {
      vertx.runOnContext(
          now -> {
            asked.complete(Thread.currentThread());
            found.complete(loops.current(Runnable::run));
          });

      Await.result(found).execute(() -> ranOn.complete(Thread.currentThread()));

      assertEquals(Await.result(asked), Await.result(ranOn));
    } finally {
      vertx.close();
    }
  }

  @Test
  void onOtherThreadsAtOnce() {
    loops.current(Runnable::run).execute(() -> done.add("now"));

    assertEquals(List.of("now"), done);
  }
}
