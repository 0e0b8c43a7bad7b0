package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.toolgate.tenant.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A child from its start to its first message, and from there until it is known that it was killed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChildBenchmark {
  @Param({"OFF", "AUTO"})
  public String confinement;

  private Children children;

  private static final class Heard implements Connection.Listener {
    final CompletableFuture<JsonNode> first = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void received(JsonNode message) {
      first.complete(message);
    }

    @Override
    public void refused(long id, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void notSent(ObjectNode message, Connection.SendFailure failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void doubted() {}

    @Override
    public void retired(String reason) {}

    @Override
    public void closed(String reason) {
      end.complete(reason);
    }
  }

  @Setup
  public void prepare() throws InterruptedException {
    Confinement walls =
        new Confinement(
            Confinement.Mode.valueOf(confinement),
            Hidden.of(Path.of("bench", "target", "no-data"), Map.of()));
    while (!confinement.equals("OFF") && walls.state().contains("found out")) {
      Thread.sleep(10);
    }
    children = new Children(50, walls, new Limits(new ControlGroups()), otherwise -> otherwise);
  }

  @Benchmark
  public String startsAndDies() throws IOException {
    Heard heard = new Heard();
    Transport.Stdio shell =
        new Transport.Stdio(
            "sh",
            List.of("-c", "echo '{\"method\":\"m\"}'; kill -9 $$"),
            Map.of(),
            Optional.empty());
    StdioConnection child =
        StdioConnection.open("s", shell, new StderrTail(Set.of()), heard, children);
    heard.first.join();
    String reason = heard.end.join();
    child.close().join();
    return reason;
  }
}
