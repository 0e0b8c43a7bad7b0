package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.scripted.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Toolgate ends when it is asked to, and what remains when it is killed. */
class EndIT {
  private static final Scripted PLAIN = Scripted.stdio().withoutOddTools();
  private static final int TERMINATED = 128 + 15;
  @TempDir private Path folder;

  private static List<ProcessHandle> processes(Product product) {
    return product.process().descendants().toList();
  }

  private static List<ProcessHandle> alive(List<ProcessHandle> processes) {
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The session of a process: what is pressed in a terminal ends only those of its own. */
  private static String session(long pid) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
  }

  @Test
  void runningCallsAreAnsweredWhileNewOnesAreRefused() throws Exception {
    Path received = folder.resolve("received");
    Product product =
        Product.serving(Map.of("s", Definition.of(PLAIN.record(received)))).awaitReady("s");
    product.sql(); // the database is ready
    List<ProcessHandle> all = processes(product);
    List<String> sessions = all.stream().map(ProcessHandle::pid).map(EndIT::session).toList();
    String own = session(product.process().pid());
    CompletableFuture<Answer> running = product.postLater("/s/slow", "{\"ms\":4000}");
    product.await("the call runs", () -> read(received).contains("\"slow\""));

    product.process().destroy();
    product.await("it is not ready", () -> product.get("/q/health/ready").status() == 503);
    Answer late = product.post("/s/echo", "{\"message\":\"m\"}");
    Answer document = product.get("/openapi.json");
    product.process().destroy();

    late.refused(503, "upstream-unavailable");
    assertEquals("5", late.header("Retry-After").orElse(""));
    document.ok();
    assertFalse(running.isDone());
    assertEquals("\"answered after 4000 ms\"", Await.result(running).ok());
    Await.end(product.process());
    assertEquals(TERMINATED, product.process().exitValue());
    assertTrue(all.size() > 1, "the server, and the database's");
    assertEquals(List.of(), alive(all));
    assertTrue(
        read(product.data().resolve("postgres.log"))
            .stripTrailing()
            .endsWith("database system is shut down"));
    List<String> complaints =
        product.log().stream().filter(line -> line.matches(".* (WARN|ERROR) .*")).toList();
    assertEquals(List.of(), complaints);
    assertFalse(sessions.contains(own), own + " is among " + sessions);
    product.close();
  }

  @Test
  void callsAreStillTakenWhileABalancerHasTimeToNotice() {
    Product product =
        Product.serving(Map.of("s", Definition.of(PLAIN)), Map.of("STOP_NOTICE", "1h"))
            .awaitReady("s");
    product.await("it is ready", () -> product.get("/q/health/ready").status() == 200);

    product.process().destroy();
    product.await("it is not ready", () -> product.get("/q/health/ready").status() == 503);

    assertEquals("\"m\"", product.post("/s/echo", "{\"message\":\"m\"}").ok());
    product.kill();
    product.close();
  }

  @Test
  void afterAKillNoChildIsLeftAndNothingIsLost() {
    Map<String, ?> servers = Map.of("s", Definition.of(PLAIN.ignoreStdinEof().ignoreTerm()));
    Product killed = Product.serving(servers).awaitReady("s");
    killed.sql().run("INSERT INTO group_tenant_mapping VALUES ('g', 's')");
    List<ProcessHandle> all = processes(killed);
    Path left = killed.data().getParent();
    killed.kill();

    try (Product next =
        Product.launch(
            left, Map.of(), List.of("--config", left.resolve("servers.json").toString()))) {
      next.awaitReady("s");
      next.await("what ran before is gone", () -> alive(all).isEmpty());

      assertEquals(
          List.of("s"),
          next.sql().run("SELECT tenant_id FROM group_tenant_mapping WHERE group_name = 'g'"));
    }
  }
}
