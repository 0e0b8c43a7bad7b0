package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
      end.get(20, TimeUnit.SECONDS);
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

      found.get(20, TimeUnit.SECONDS).execute(() -> ranOn.complete(Thread.currentThread()));

      assertEquals(asked.get(20, TimeUnit.SECONDS), ranOn.get(20, TimeUnit.SECONDS));
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
