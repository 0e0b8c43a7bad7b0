package io.toolgate.product;

import io.toolgate.scripted.Scripted;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log of the running program. */
class LogIT {
  private static final int MORE_THAN_A_PIPE_HOLDS = 600;

  @Test
  void itEndsWhileNobodyReadsTheLog() {
    Product product =
        Product.serving(Map.of("s", Product.definition(Scripted.stdio()))).awaitReady("s");
    String unknown = "/s/" + "a".repeat(100);

    product.withoutReadingItsLog(
        () -> {
          for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
            product.post(unknown, "{}");
          }
          product.close();
        });
  }

  @Test
  void callsAreAnsweredWhileNobodyReadsTheLog() {
    try (Product product =
        Product.serving(Map.of("s", Product.definition(Scripted.stdio()))).awaitReady("s")) {
      String unknown = "/s/" + "a".repeat(100);

      product.withoutReadingItsLog(
          () -> {
            for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
              product.post(unknown, "{}", "X-Request-Id", "call-" + i).refused(404, "not-found");
            }
          });

      product.await(
          "all calls are in the log",
          () ->
              product.log().stream().filter(line -> line.contains(" id=call-")).count()
                  == MORE_THAN_A_PIPE_HOLDS);
    }
  }
}
