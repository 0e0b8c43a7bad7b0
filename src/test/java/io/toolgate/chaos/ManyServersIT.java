package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers that are defined and off cost next to nothing. */
class ManyServersIT {
  private static final Definition SERVER =
      Definition.of(Scripted.stdio().withoutBuiltins().count(1));
  private static final int ON = 5;
  private static final int ALL = 200;

  private record Start(Duration cpu, long kilobytes, int processes, int listed) {}

  private static Start start(int servers) {
    Map<String, Definition> all = new LinkedHashMap<>();
    for (int i = 0; i < servers; i++) {
      all.put("server-" + i, i < ON ? SERVER : SERVER.with("disabled", true));
    }
    try (Product product = Product.serving(all)) {
      for (int i = 0; i < ON; i++) {
        product.awaitReady("server-" + i);
      }
      Duration cpu = product.process().info().totalCpuDuration().orElseThrow();
      assertEquals(ON, product.get("/openapi.json").json().path("paths").size());
      return new Start(
          cpu,
          new Tree(product).memory(),
          new Tree(product).servers(ScriptedServer.class.getName()).size(),
          product.get("/servers").json().path("total_servers").intValue());
    }
  }

  @Test
  void manyThatAreOffStartAsFastAsNone() {
    Start few = start(ON);
    Start many = start(ALL);

    System.out.printf("%d servers: %s; %d: %s%n", ON, few, ALL, many);
    assertEquals(ALL, many.listed());
    assertEquals(ON, many.processes());
    assertTrue(
        many.cpu().compareTo(few.cpu().multipliedBy(2).plusSeconds(5)) < 0, few + " and " + many);
    assertTrue(many.kilobytes() < few.kilobytes() + 50_000, few + " and " + many);
  }
}
