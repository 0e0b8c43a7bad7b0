package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.scripted.Scripted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing that Toolgate started outlives it. */
class ProcessTreeIT {
  /** Where the kernel does not end what a child has started. */
  private static final Map<String, String> UNCONFINED = Map.of("CONFINE_CHILDREN", "off");

  private static final Scripted PLAIN = Scripted.stdio().withoutOddTools();

  @Test
  void theWholeTreeEndsWithToolgate() {
    Map<String, Definition> servers = new LinkedHashMap<>();
    servers.put("obedient", Definition.of(PLAIN));
    servers.put("deaf", Definition.of(PLAIN.ignoreStdinEof()));
    servers.put("stubborn", Definition.of(PLAIN.ignoreStdinEof().ignoreTerm()));
    servers.put("starting", Definition.of(PLAIN.startDelay("600s").ignoreStdinEof()));
    List<ProcessHandle> started = new ArrayList<>();
    try (Product product = Product.serving(servers, UNCONFINED)) {
      product.awaitReady("obedient", "deaf", "stubborn");
      for (String server : List.of("obedient", "deaf", "stubborn")) {
        started.add(handle(product, server, "pid", "{}"));
        started.add(handle(product, server, "spawn_grandchild", "{}"));
        started.add(handle(product, server, "spawn_grandchild", "{\"holds_output\":true}"));
      }
      product.process().descendants().forEach(started::add);
      assertTrue(started.size() > 12, started.toString());
    }

    started.forEach(process -> Await.dead(process.pid()));
  }

  @Test
  void whatACrashedServerLeftBehindEndsToo() {
    try (Product product =
        Product.serving(Map.of("s", Definition.of(PLAIN)), UNCONFINED).awaitReady("s")) {
      ProcessHandle grandchild = handle(product, "s", "spawn_grandchild", "{}");

      product.post("/s/crash", "{}").refused(503, "outcome-unknown");

      Await.dead(grandchild.pid());
    }
  }

  @Test
  void aRunningCallDoesNotHoldUpTheEndForLong() throws Exception {
    Map<String, String> environment =
        Map.of("CONFINE_CHILDREN", "off", "DRAIN_TIME", "500ms", "CALL_TIMEOUT", "10m");
    Product product =
        Product.serving(Map.of("s", Definition.of(PLAIN)), environment).awaitReady("s");
    ProcessHandle child = handle(product, "s", "pid", "{}");
    product.postLater("/s/never", "{}");

    product.process().destroy();

    Await.end(product.process());
    Await.dead(child.pid());
    product.close();
  }

  private static ProcessHandle handle(
      Product product, String server, String tool, String arguments) {
    String pid = product.post("/" + server + "/" + tool, arguments).ok();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}
