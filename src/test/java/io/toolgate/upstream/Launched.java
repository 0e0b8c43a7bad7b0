package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.tenant.CallLimits;
import io.toolgate.tenant.ChildLimits;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.Sessions;
import io.toolgate.tenant.Templates;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.ToolFilter;
import io.toolgate.tenant.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** An upstream over shell scripts, which are true processes that write their ids into a file. */
final class Launched implements AutoCloseable {
  /** Answers the greeting and the list of one tool. */
  static final String GREET =
      "echo $$ >> pids; read a; echo '{\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
          + "\"capabilities\":{\"tools\":{}}}}'; read b; ";

  static final String TOOLS =
      "read c; echo '{\"id\":2,\"result\":{\"tools\":[{\"name\":\"a\"}]}}'; ";

  /** Answers everything with the process's own id, which is all the memory it has. */
  static final String ANSWER =
      "while read x; do id=${x##*'\"id\":'}; id=${id%%\\}*};"
          + " case $x in *'\"id\":'*) echo \"{\\\"id\\\":$id,\\\"result\\\":{\\\"pid\\\":$$}}\";; esac; done";

  static final String SERVER = GREET + TOOLS + ANSWER;

  final Settings settings = new Settings();
  final ManualTimer timer = new ManualTimer();
  final Set<McpSession> sessions = ConcurrentHashMap.newKeySet();
  EndpointGuard guard =
      new EndpointGuard(List.of(), InetAddress::getAllByName, Duration.ofSeconds(10));
  Sessions shape = Sessions.DEFAULT;
  CallLimits limits = CallLimits.DEFAULT;
  ToolFilter filter = ToolFilter.ALL;
  Upstream upstream;
  final ExecutorService workers = Executors.newCachedThreadPool();
  Turns starts = new Turns(CallLimits.DEFAULT, () -> workers);
  private final Path folder;

  Launched(Path folder) {
    this.folder = folder;
  }

  ServerDefinition definition(String script) {
    return definition(
        new Transport.Stdio(
            "/bin/sh",
            List.of("-c", script),
            Templates.of(Map.of()),
            Optional.of(folder),
            ChildLimits.NONE));
  }

  ServerDefinition definition(Transport transport) {
    return definition(transport, Set.of());
  }

  ServerDefinition definition(Transport transport, Set<String> secrets) {
    return new ServerDefinition(
        "s",
        "S",
        "",
        "stdio",
        transport,
        Optional.empty(),
        filter,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        shape,
        limits,
        secrets,
        Optional.empty());
  }

  Upstream start(String script) {
    return start(definition(script));
  }

  Upstream start(ServerDefinition definition) {
    upstream =
        new Upstream(
            definition,
            new Surroundings(
                workers,
                timer,
                sessions,
                () -> {},
                settings,
                Walls.none(),
                Client.HTTP,
                starts,
                guard,
                (server, tools) -> {},
                "1.2.3"));
    upstream.start();
    return upstream;
  }

  <T extends UpstreamState> T await(Class<T> state) {
    Await.until(state.getSimpleName(), () -> state.isInstance(upstream.state()));
    return state.cast(upstream.state());
  }

  CompletableFuture<JsonNode> call() {
    return call(false, Told.NOBODY);
  }

  CompletableFuture<JsonNode> call(boolean repeatable, Told told) {
    return call("a", repeatable, told, Optional.empty());
  }

  /** With a group's own credentials. */
  CompletableFuture<JsonNode> call(
      String tool, boolean repeatable, Told told, Optional<GroupCredentials> credentials) {
    Requester requester = new Requester(told, credentials, name -> Optional.empty(), true);
    return upstream.call(new ToolCall(tool, Peer.object(), repeatable, Peer.object(), requester));
  }

  /** The process that answered. */
  static long pid(CompletableFuture<JsonNode> call) {
    return Await.result(call).path("pid").asLong();
  }

  static Told user(String email) {
    return new Told(Optional.of(email), Optional.empty(), Set.of(), Optional.empty());
  }

  static Told chat(String email, String chat) {
    return new Told(Optional.of(email), Optional.empty(), Set.of(), Optional.of(chat));
  }

  List<Long> pids() {
    try {
      Path file = folder.resolve("pids");
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** As if so much time had passed since anything was used or heard. */
  void later(Duration passed) {
    upstream.look(System.nanoTime() + passed.toNanos());
  }

  /** Looks again until it is so: a call that was answered counts as running for a moment. */
  void laterUntil(String what, Duration passed, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          later(passed);
          return condition.getAsBoolean();
        });
  }

  @Override
  public void close() {
    if (upstream != null) {
      Await.result(upstream.stop("The test is over.", Duration.ZERO));
    }
    workers.shutdownNow();
  }
}
