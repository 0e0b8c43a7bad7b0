package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.toolgate.deploy.Network.Peer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who reaches whom by the policies of the example. */
class KubernetesNetworkTest {
  private static final Map<String, Peer> PEERS =
      Map.of(
          "toolgate",
          Peer.pod("toolgate", Map.of("app.kubernetes.io/name", "toolgate")),
          "mcp-everything",
          Peer.pod(
              "toolgate",
              Map.of(
                  "app.kubernetes.io/name", "mcp-everything",
                  "app.kubernetes.io/component", "mcp-server")),
          "neighbour",
          Peer.pod("toolgate", Map.of()),
          "open-webui",
          Peer.pod("open-webui", Map.of()),
          "ingress",
          Peer.pod("ingress-nginx", Map.of()),
          "stranger",
          Peer.pod("elsewhere", Map.of("app.kubernetes.io/name", "toolgate")),
          "dns",
          Peer.pod("kube-system", Map.of("k8s-app", "kube-dns")));

  private static Network network;

  @BeforeAll
  static void build(@TempDir Path folder) throws Exception {
    Path example = Manifests.copyWithSecrets(folder).resolve("overlays/example");
    network = new Network(Manifests.read(Manifests.build(example).out()).all(NetworkPolicy.class));
  }

  private static Peer peer(String name) {
    return PEERS.containsKey(name) ? PEERS.get(name) : Peer.outside(name);
  }

  @ParameterizedTest(name = "{0} to {1}, port {2}")
  @CsvSource({
    "open-webui, toolgate, 8000",
    "ingress, toolgate, 8000",
    "toolgate, mcp-everything, 3001",
    "toolgate, dns, 53",
    "mcp-everything, dns, 53",
    "toolgate, 192.0.2.10, 5432",
    "toolgate, 203.0.113.7, 443",
    "toolgate, 2001:db8::7, 443",
    "mcp-everything, 203.0.113.7, 443"
  })
  void whatIsNeededIsOpen(String from, String to, int port) {
    assertEquals(true, network.connects(peer(from), peer(to), port));
  }

  @ParameterizedTest(name = "{0} to {1}, port {2}")
  @CsvSource({
    "stranger, toolgate, 8000",
    "neighbour, toolgate, 8000",
    "mcp-everything, toolgate, 8000",
    "open-webui, toolgate, 9000",
    "open-webui, mcp-everything, 3001",
    "open-webui, neighbour, 8080",
    "neighbour, mcp-everything, 3001",
    "stranger, mcp-everything, 3001",
    "203.0.113.7, toolgate, 8000",
    "toolgate, open-webui, 8080",
    "toolgate, neighbour, 8080",
    "toolgate, 192.0.2.11, 5432",
    "mcp-everything, 192.0.2.10, 5432",
    "neighbour, 203.0.113.7, 443",
    "toolgate, 203.0.113.7, 80",
    "toolgate, 169.254.169.254, 443",
    "toolgate, 10.0.0.1, 443",
    "toolgate, 172.31.0.1, 443",
    "toolgate, fd00::1, 443"
  })
  void everythingElseIsClosed(String from, String to, int port) {
    assertEquals(false, network.connects(peer(from), peer(to), port));
  }
}
