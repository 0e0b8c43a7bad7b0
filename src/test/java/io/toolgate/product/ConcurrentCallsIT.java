package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.toolgate.scripted.Scripted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConcurrentCallsIT {
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "s", Definition.of(Scripted.stdio().withoutOddTools()),
                    "stuck",
                        Definition.of(Scripted.stdio().withoutOddTools().noAnswerTo("tools/call"))))
            .awaitReady("s", "stuck");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void aSlowCallDelaysNoOther() {
    CompletableFuture<Answer> slow = product.postLater("/s/slow", "{\"ms\":5000}");
    List<CompletableFuture<Answer>> others =
        IntStream.range(0, 199)
            .mapToObj(i -> product.postLater("/s/echo", "{\"message\":\"m" + i + "\"}"))
            .toList();

    for (int i = 0; i < others.size(); i++) {
      assertEquals("\"m" + i + "\"", others.get(i).join().ok());
    }
    assertFalse(slow.isDone());
    assertEquals("\"answered after 5000 ms\"", slow.join().ok());
  }

  @Test
  void answersOutOfOrderBelongToTheirCallers() {
    Map<Integer, CompletableFuture<Answer>> calls = new LinkedHashMap<>();
    IntStream.range(0, 30)
        .map(i -> 900 - 30 * i)
        .forEach(ms -> calls.put(ms, product.postLater("/s/slow", "{\"ms\":" + ms + "}")));

    calls.forEach((ms, call) -> assertEquals("\"answered after " + ms + " ms\"", call.join().ok()));
  }

  @Test
  void aServerThatAnswersNothingDelaysNoOtherServer() {
    List<CompletableFuture<Answer>> stuck =
        IntStream.range(0, 300)
            .mapToObj(i -> product.postLater("/stuck/echo", "{\"message\":\"m\"}"))
            .toList();

    assertEquals("\"m\"", product.post("/s/echo", "{\"message\":\"m\"}").ok());

    assertEquals(0, stuck.stream().filter(CompletableFuture::isDone).count());
    stuck.forEach(call -> call.cancel(true));
  }
}
