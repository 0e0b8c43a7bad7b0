package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code psql} takes away while calls run is soon gone for good, and what it gives is there.
 */
class RevocationIT {
  private static final String KEY = "the-main-key-0123456789";
  private static final String[] ANN = {
    "Authorization", "Bearer " + KEY, "X-OpenWebUI-User-Email", "ann@example.org"
  };
  private static final int CALLERS = 8;
  private static Product product;

  private record Called(Instant start, int status) {}

  @BeforeAll
  static void start() {
    product =
        Product.serving(
            Map.of("s", Definition.of(Scripted.stdio().withoutBuiltins().count(2))),
            Map.of("MCP_API_KEY", KEY));
    product
        .sql()
        .run(
            "INSERT INTO user_group_membership VALUES ('ann@example.org', 'g')",
            "INSERT INTO group_tenant_mapping VALUES ('g', 's')");
    product.await("the server is ready", () -> call() == 200);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static int call() {
    return product.post("/s/tool_0", "{}", ANN).status();
  }

  private static void psql(String statement) throws IOException, InterruptedException {
    String url = product.sql().address().uri();
    Process psql =
        new ProcessBuilder("psql", url, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", statement)
            .redirectErrorStream(true)
            .start();
    String printed = new String(psql.getInputStream().readAllBytes()).strip();
    assertEquals(0, psql.waitFor(), printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM user_group_membership WHERE user_email = 'ann@example.org' | INSERT INTO user_group_membership VALUES ('ANN@example.org', 'g')
          UPDATE group_tenant_mapping SET tenant_id = 'other' WHERE group_name = 'g' | UPDATE group_tenant_mapping SET tenant_id = 's' WHERE group_name = 'g'
          TRUNCATE group_tenant_mapping | INSERT INTO group_tenant_mapping VALUES ('g', 's')
          INSERT INTO group_tool_mapping VALUES ('g', 's', 'tool_*', false) | DELETE FROM group_tool_mapping
          """)
  void noCallSucceedsAfterOneWasRefused(String revoke, String grant) throws Exception {
    product.await("it is granted", () -> call() == 200);
    Queue<Called> calls = new ConcurrentLinkedQueue<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    Instant refused;
    try {
      IntStream.range(0, CALLERS).forEach(i -> callers.submit(() -> callOnAndOn(calls)));
      product.await("calls run", () -> calls.size() > 100);

      psql(revoke);

      Product.awaitWhatWasTold(
          "a call is refused", () -> calls.stream().anyMatch(called -> called.status() == 403));
      refused = Instant.now();
      product.await("calls have started later", () -> since(refused, calls).size() > 100);
    } finally {
      callers.shutdownNow();
      Await.until("no call runs", callers::isTerminated);
    }

    assertTrue(calls.stream().anyMatch(called -> called.status() == 200));
    assertEquals(
        List.of(),
        since(refused, calls).stream().filter(called -> called.status() != 403).toList());
    assertFalse(product.get("/openapi.json", ANN).text().contains("tool_0"));
    assertFalse(product.get("/tools", ANN).text().contains("tool_0"));

    psql(grant);
    Product.awaitWhatWasTold("it is granted again", () -> call() == 200);
    assertTrue(product.get("/openapi.json", ANN).text().contains("tool_0"));
  }

  private static List<Called> since(Instant time, Queue<Called> calls) {
    return calls.stream().filter(called -> called.start().isAfter(time)).toList();
  }

  private static void callOnAndOn(Queue<Called> calls) {
    while (!Thread.currentThread().isInterrupted()) {
      Instant start = Instant.now();
      calls.add(new Called(start, call()));
    }
  }
}
