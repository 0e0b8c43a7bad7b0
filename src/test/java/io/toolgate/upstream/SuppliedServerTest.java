package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
import io.toolgate.problem.Problem;
import io.toolgate.tenant.Enablement;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.TenantFiles;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Variables;
import io.toolgate.upstream.UpstreamState.Disabled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lacks a variable which only groups have. */
class SuppliedServerTest {
  private static final Optional<GroupCredentials> DEVELOPERS = credentials("Developers", "dev-5");

  @TempDir Path folder;
  private Launched launched;

  private static Optional<GroupCredentials> credentials(String group, String token) {
    return Optional.of(new GroupCredentials(group, Map.of("TOKEN", token), Optional.empty()));
  }

  @BeforeEach
  void start() throws IOException {
    launched = new Launched(folder);
    ServerDefinition definition = definition();
    launched.start(definition);
  }

  @AfterEach
  void end() {
    launched.close();
  }

  /** Answers a call with the token it was given. */
  private ServerDefinition definition() throws IOException {
    String script = Launched.SERVER.replace("\\\"pid\\\":$$", "\\\"token\\\":\\\"$TOKEN\\\"");
    var server =
        Json.MAPPER.createObjectNode().put("command", "/bin/sh").put("cwd", folder.toString());
    server.putArray("args").add("-c").add(script.replace("${", "$${"));
    server.putObject("env").put("TOKEN", "${TOKEN}");
    var file = Json.MAPPER.createObjectNode();
    file.putObject("mcpServers").set("s", server);
    Path path = Files.writeString(folder.resolve("servers.json"), file.toString());
    return TenantFiles.read(
            List.of(path),
            Variables.of(Map.of(), Map.of()),
            new Enablement(false, Set.of(), Set.of()))
        .find("s")
        .orElseThrow();
  }

  private CompletableFuture<JsonNode> callWith(Optional<GroupCredentials> credentials) {
    return launched.upstream.call(
        new ToolCall(
            "a",
            Peer.object(),
            false,
            Peer.object(),
            new Requester(Told.NOBODY, credentials, name -> Optional.empty(), true)));
  }

  private String tokenOf(Optional<GroupCredentials> credentials) {
    JsonNode answer = Await.result(callWith(credentials));
    return answer.path("token").asText();
  }

  @Test
  void isOffForEverybodyWhileNoGroupSuppliesIt() {
    assertFalse(launched.upstream.serves());
    assertFalse(launched.upstream.learn());
    assertEquals(Disabled.class, launched.upstream.state().getClass());
  }

  @Test
  void learnsItsToolsWithTheCredentialsOfAGroupAndEndsAgain() {
    assertTrue(launched.upstream.supply(DEVELOPERS));
    assertTrue(launched.upstream.serves());

    assertTrue(launched.upstream.learn());

    Await.until("its tools are known", () -> launched.upstream.tools().size() == 1);
    launched.laterUntil(
        "it has ended",
        Duration.ZERO,
        () -> launched.pids().stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    assertFalse(launched.upstream.learn());
  }

  @Test
  void servesEachGroupWithItsOwnAndNobodyElse() {
    launched.upstream.supply(DEVELOPERS);

    assertEquals("dev-5", tokenOf(DEVELOPERS));
    assertEquals("sales-6", tokenOf(credentials("Sales", "sales-6")));
    assertEquals(Problem.UPSTREAM_UNAVAILABLE, Peer.problem(callWith(Optional.empty())).problem());
  }

  @Test
  void isOffAgainWhenNoGroupSuppliesIt() {
    launched.upstream.supply(DEVELOPERS);

    assertTrue(launched.upstream.supply(Optional.empty()));

    assertFalse(launched.upstream.serves());
  }
}
