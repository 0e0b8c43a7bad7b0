package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import io.toolgate.tenant.Enablement;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.TenantFiles;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Variables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** True servers, reached by names that no machine on the internet may have. */
class RemoteRouteTest {
  @TempDir Path folder;
  private Launched launched;

  @BeforeEach
  void prepare() {
    launched = new Launched(folder);
  }

  @AfterEach
  void end() {
    launched.close();
  }

  /** As a name service of containers would. */
  private static InetAddress[] resolve(String host) throws UnknownHostException {
    if (host.equals("nowhere_at_all")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
  }

  private void guard(String... allowed) {
    launched.guard =
        new EndpointGuard(List.of(allowed), RemoteRouteTest::resolve, Duration.ofSeconds(10));
  }

  private void serve(String url, String type) throws IOException {
    var file = Json.MAPPER.createObjectNode();
    file.putObject("mcpServers").putObject("s").put("url", url).put("type", type);
    Path path = Files.writeString(folder.resolve("servers.json"), file.toString());
    ServerDefinition definition =
        TenantFiles.read(
                List.of(path),
                Variables.of(Map.of(), Map.of()),
                new Enablement(false, Set.of(), Set.of()))
            .find("s")
            .orElseThrow();
    launched.start(definition);
  }

  private static String named(String host, ScriptedProcess server) {
    return "http://" + host + ":" + server.url().getPort() + server.url().getPath();
  }

  private JsonNode headers(Optional<GroupCredentials> credentials) {
    JsonNode result =
        launched
            .call("headers", false, Told.NOBODY, credentials)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
    return Peer.json(result.at("/content/0/text").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcp_server", "my_project_mcp_1", "mcp-", "a_b.internal"})
  void reachesAServerByANameThatUrisDoNotKnow(String host) throws IOException {
    guard();
    try (ScriptedProcess server = Scripted.streamable().withoutOddTools().start()) {
      serve(named(host, server), "streamable-http");
      launched.await(UpstreamState.Ready.class);

      assertEquals(
          host + ":" + server.url().getPort(), headers(Optional.empty()).path("host").asText());
    }
  }

  @Test
  void reachesOneOverSse() throws IOException {
    guard();
    try (ScriptedProcess server = Scripted.sse().withoutOddTools().start()) {
      serve(named("mcp_server", server), "sse");

      launched.await(UpstreamState.Ready.class);
    }
  }

  @Test
  void saysThatAHostThatIsNotKnownCannotBeReached() throws IOException {
    guard();
    serve("http://nowhere_at_all:9/mcp", "streamable-http");

    launched.await(UpstreamState.Failed.class);

    assertTrue(
        launched.upstream.state().toString().contains("cannot be reached"),
        launched.upstream.state().toString());
  }

  @Test
  void judgesAGroupsAddressByTheNameItHas() throws IOException {
    try (ScriptedProcess server = Scripted.streamable().withoutOddTools().start()) {
      guard("own_one:" + server.url().getPort());
      serve(server.url().toString(), "streamable-http");
      launched.await(UpstreamState.Ready.class);

      assertEquals(
          "own_one:" + server.url().getPort(),
          headers(group(named("own_one", server))).path("host").asText());
      ProblemException refused =
          Peer.problem(
              launched.call("headers", false, Told.NOBODY, group(named("other_one", server))));
      assertEquals(Problem.UPSTREAM_UNAVAILABLE, refused.problem());
      assertTrue(refused.detail().contains("ENDPOINT_HOSTS"), refused.detail());
    }
  }

  private static Optional<GroupCredentials> group(String url) {
    return Optional.of(new GroupCredentials("Sales", Map.of(), Optional.of(URI.create(url))));
  }
}
