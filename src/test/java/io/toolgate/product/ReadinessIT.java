package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a balancer may send calls. */
class ReadinessIT {
  @TempDir Path folder;

  private Product starting(Path gate, String startWait) {
    Product product =
        Product.serving(
            Map.of("s", Definition.of(Scripted.stdio().withoutOddTools().startedBy(gate))),
            Map.of("START_WAIT", startWait));
    product.sql(); // the database is ready
    return product;
  }

  private static Answer ready(Product product) {
    return product.get("/q/health/ready");
  }

  @Test
  void itIsNotReadyWhileItsServersStart() throws IOException {
    Path gate = folder.resolve("gate");
    try (Product product = starting(gate, "1h")) {
      Answer before = ready(product);
      Files.createFile(gate);
      product.awaitReady("s");

      assertEquals(503, before.status());
      assertTrue(before.text().contains("servers"), before.text());
      product.await("it is ready", () -> ready(product).status() == 200);
    }
  }

  @Test
  void oneServerDoesNotKeepItFromBeingReadyForLong() {
    try (Product product = starting(folder.resolve("never"), "10ms")) {
      product.await("it is ready", () -> ready(product).status() == 200);

      assertEquals("starting", product.server("s").path("status").asText());
    }
  }

  @Test
  void aServerThatStartsLaterDoesNotCount() throws IOException {
    Path gate = folder.resolve("never");
    try (Product product = starting(folder.resolve("never"), "1h")) {
      Files.createFile(gate);
      product.await("it is ready", () -> ready(product).status() == 200);
      Files.delete(gate);

      product.define(
          Map.of("t", Definition.of(Scripted.stdio().withoutOddTools().startedBy(gate))));
      product.post("/refresh", "{}").ok();

      product.awaitStatus("t", "starting");
      assertEquals(200, ready(product).status());
    }
  }
}
