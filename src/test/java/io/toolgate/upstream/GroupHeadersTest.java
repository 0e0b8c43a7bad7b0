package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.Await;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a remote server is sent for a group, where its headers also tell who calls. */
class GroupHeadersTest {
  private static final Told ANNA = Launched.user("anna@example.org");

  @TempDir Path folder;
  private Launched launched;
  private ScriptedProcess remote;

  @BeforeEach
  void start() throws IOException {
    remote = Scripted.streamable().withoutOddTools().start();
    launched = new Launched(folder);
  }

  @AfterEach
  void end() {
    launched.close();
    remote.close();
  }

  private void serve() throws IOException {
    var server = Json.MAPPER.createObjectNode().put("url", remote.url().toString());
    server
        .putObject("headers")
        .put("Authorization", "Bearer ${TOKEN}")
        .put("X-User", "${user.email}");
    var file = Json.MAPPER.createObjectNode();
    file.putObject("mcpServers").set("s", server);
    Path path = Files.writeString(folder.resolve("servers.json"), file.toString());
    ServerDefinition definition =
        TenantFiles.read(
                List.of(path),
                Variables.of(Map.of("TOKEN", "everybodys-7"), Map.of()),
                new Enablement(false, Set.of(), Set.of()))
            .find("s")
            .orElseThrow();
    launched.start(definition);
    launched.await(UpstreamState.Ready.class);
  }

  private void allow() {
    String host = remote.url().getHost() + ":" + remote.url().getPort();
    launched.guard =
        new EndpointGuard(List.of(host), InetAddress::getAllByName, Duration.ofSeconds(10));
  }

  private static Optional<GroupCredentials> group(Map<String, String> values, URI endpoint) {
    return Optional.of(new GroupCredentials("Sales", values, Optional.ofNullable(endpoint)));
  }

  /** The headers that arrived. */
  private JsonNode headers(Told told, Optional<GroupCredentials> credentials) {
    JsonNode result = Await.result(launched.call("headers", false, told, credentials));
    return Peer.json(result.at("/content/0/text").asText());
  }

  @Test
  void aGroupsTokenIsNotReplacedByEverybodys() throws IOException {
    serve();

    JsonNode own = headers(ANNA, group(Map.of("TOKEN", "sales-6"), null));

    assertEquals("Bearer sales-6", own.path("authorization").asText());
    assertEquals("anna@example.org", own.path("x-user").asText());
    assertEquals(
        "Bearer everybodys-7", headers(ANNA, Optional.empty()).path("authorization").asText());
  }

  @Test
  void everybodysTokenIsNotSentToAGroupsAddress() throws IOException {
    allow();
    serve();

    JsonNode own = headers(ANNA, group(Map.of(), remote.url()));

    assertFalse(own.has("authorization"), own.toString());
    assertEquals("anna@example.org", own.path("x-user").asText());
  }

  @Test
  void nothingIsToldOfACallerWhoIsNotKnown() throws IOException {
    serve();
    headers(ANNA, Optional.empty());

    JsonNode unknown = headers(Told.NOBODY, Optional.empty());

    assertFalse(unknown.has("x-user"), unknown.toString());
  }

  @Test
  void aGroupsAddressOnThisMachineIsRefusedInWordsWithoutIt() throws IOException {
    serve();

    ProblemException refused =
        Peer.problem(launched.call("headers", false, ANNA, group(Map.of(), remote.url())));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, refused.problem());
    assertTrue(refused.detail().contains("ENDPOINT_HOSTS"), refused.detail());
    assertFalse(refused.detail().contains("127.0.0.1"), refused.detail());
  }
}
