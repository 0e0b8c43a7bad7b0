package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code psql} takes away while calls run is gone a second later, and what it gives is there.
 */
@Timeout(300)
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

  /**
   * Runs SQL with psql; gives the time right after the commit, by the database's clock, which is
   * ours.
   */
  private static Instant psql(String statement) throws IOException, InterruptedException {
    String url = product.sql().address().uri();
    Process psql =
        new ProcessBuilder(
                "psql",
                url,
                "-qAt",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                statement,
                "-c",
                "SELECT extract(epoch FROM clock_timestamp()) * 1000000")
            .redirectErrorStream(true)
            .start();
    String printed = new String(psql.getInputStream().readAllBytes()).strip();
    assertEquals(0, psql.waitFor(), printed);
    long micros = (long) Double.parseDouble(printed);
    return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros));
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
  void noCallThatStartsASecondAfterTheCommitSucceeds(String revoke, String grant) throws Exception {
    product.await("it is granted", () -> call() == 200);
    Queue<Called> calls = new ConcurrentLinkedQueue<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    Instant committed;
    try {
      IntStream.range(0, CALLERS).forEach(i -> callers.submit(() -> callOnAndOn(calls)));
      product.await("calls run", () -> calls.size() > 100);

      committed = psql(revoke);

      product.await(
          "calls have started later",
          () ->
              calls.stream()
                  .anyMatch(called -> called.start().isAfter(committed.plusMillis(1500))));
    } finally {
      callers.shutdownNow();
      assertTrue(callers.awaitTermination(30, TimeUnit.SECONDS));
    }

    List<Called> before =
        calls.stream().filter(called -> called.start().isBefore(committed)).toList();
    List<Called> late =
        calls.stream().filter(called -> called.start().isAfter(committed.plusSeconds(1))).toList();
    assertTrue(before.stream().anyMatch(called -> called.status() == 200));
    assertFalse(late.isEmpty());
    assertEquals(List.of(), late.stream().filter(called -> called.status() != 403).toList());
    assertFalse(product.get("/openapi.json", ANN).text().contains("tool_0"));
    assertFalse(product.get("/tools", ANN).text().contains("tool_0"));

    Instant given = psql(grant);
    product.await("it is granted again", () -> call() == 200);
    assertTrue(Instant.now().isBefore(given.plusSeconds(2)), "took long to be granted");
    assertTrue(product.get("/openapi.json", ANN).text().contains("tool_0"));
  }

  private static void callOnAndOn(Queue<Called> calls) {
    while (!Thread.currentThread().isInterrupted()) {
      Instant start = Instant.now();
      calls.add(new Called(start, call()));
    }
  }
}
