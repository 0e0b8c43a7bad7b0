package io.toolgate.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.product.Definition;
import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are added and removed again and again leave nothing behind in Toolgate. */
class NoLeaksIT {
  private static final String MARK = "mark-of-the-child";

  /** A server that starts in no time. */
  private static final String SHELL =
      """
      read initialize
      echo '{"id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}}'
      read initialized
      read list
      echo '{"id":2,"result":{"tools":[{"name":"a"}]}}'
      while read request; do
        id=${request##*'"id":'}
        case $request in *'"id":'*) echo "{\\"id\\":${id%%\\}*},\\"result\\":{\\"content\\":[]}}" ;; esac
      done
      """;

  private static final int WARM_UP = 5;

  /** Threads and descriptors of pools come and go. */
  private static final int FEW = 4;

  private static final int MORE_KILOBYTES = 4_000;

  @TempDir private static Path folder;

  /** What Toolgate has at one moment. */
  private record Possessions(int processes, long threads, long files, long heap) {
    static Possessions of(Product product) {
      long heap = Heap.used(product); // collects connections that nobody uses any more
      Tree tree = new Tree(product);
      return new Possessions(tree.size(), tree.threads(), tree.files(), heap);
    }

    boolean isNoMoreThan(Possessions before) {
      return processes <= before.processes
          && threads <= before.threads + FEW
          && files <= before.files + FEW
          && heap <= before.heap + MORE_KILOBYTES;
    }
  }

  @Test
  void roundsOfStartAndStopLeaveNothingBehind() throws Exception {
    try (ScriptedProcess remote = Scripted.streamable().withoutOddTools().getStream().start();
        ScriptedProcess old = Scripted.sse().withoutOddTools().start();
        Product product = Product.serving(Map.of())) {
      product.sql();
      Map<String, Definition> on =
          Map.of(
              "child",
                  Definition.command(
                      "sh", Files.writeString(folder.resolve(MARK), SHELL).toString()),
              "remote", Definition.of(remote),
              "old", Definition.of(old));
      int idle = new Tree(product).size();
      rounds(product, on, WARM_UP);
      product.await("all is quiet", () -> new Tree(product).size() <= idle);
      Possessions before = Possessions.of(product);
      int rounds = Span.rounds(50);

      rounds(product, on, rounds);

      Possessions[] after = {null};
      product.await(
          "nothing is left",
          () -> {
            after[0] = Possessions.of(product);
            return after[0].isNoMoreThan(before) || after[0].heap > before.heap * 2;
          });
      System.out.printf("before %s, after %d rounds %s%n", before, rounds, after[0]);
      assertTrue(after[0].isNoMoreThan(before), before + " became " + after[0]);
    }
  }

  private static void rounds(Product product, Map<String, Definition> on, int count) {
    Tree tree = new Tree(product);
    for (int i = 0; i < count; i++) {
      product.define(on);
      product.post("/refresh", "").ok();
      product.awaitReady("child", "remote", "old");
      product.post("/child/a", "{}").ok();
      product.post("/remote/echo", "{\"message\":\"m\"}").ok();
      product.post("/old/echo", "{\"message\":\"m\"}").ok();
      if (i % 2 == 1) {
        tree.server(MARK).destroyForcibly();
      }

      product.define(Map.of());
      product.post("/refresh", "").ok();
      product.await("the child has ended", () -> tree.servers(MARK).isEmpty());
    }
  }
}
