package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RealServersIT {
  private static Product product;

  @BeforeAll
  static void start() {
    product =
        Product.serving(
                Map.of(
                    "everything",
                    Map.of(
                        "command",
                        "node",
                        "args",
                        List.of(
                            "target/npm/node_modules/@modelcontextprotocol/server-everything/dist/index.js"))))
            .awaitReady("everything");
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void aTextIsAnswered() {
    Answer answer = product.post("/everything/echo", "{\"message\":\"hi\"}");

    assertEquals("\"Echo: hi\"", answer.text());
  }
}
