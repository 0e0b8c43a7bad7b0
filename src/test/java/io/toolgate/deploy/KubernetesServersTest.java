package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.toolgate.tenant.Definitions;
import io.toolgate.tenant.Enablement;
import io.toolgate.tenant.ServerDefinition;
import io.toolgate.tenant.TenantFiles;
import io.toolgate.tenant.Transport;
import io.toolgate.tenant.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manifests of the example run, and the servers that they define. */
class KubernetesServersTest {
  @TempDir private static Path folder;
  private static Manifests manifests;

  @BeforeAll
  static void build() throws Exception {
    Path example = Manifests.copyWithSecrets(folder).resolve("overlays/example");
    manifests = Manifests.read(Manifests.build(example).out());
  }

  private static Definitions read(Map<String, String> environment) throws IOException {
    Path files = Files.createDirectories(folder.resolve("read"));
    for (var file : manifests.generated(ConfigMap.class, "toolgate-tenants").getData().entrySet()) {
      Files.writeString(files.resolve(file.getKey()), file.getValue());
    }
    return TenantFiles.read(
        List.of(files),
        Variables.of(environment, Map.of()),
        new Enablement(false, Set.of(), Set.of()));
  }

  private static Container container(String deployment) {
    return manifests
        .find(Deployment.class, deployment)
        .orElseThrow()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0);
  }

  @Test
  void theDefinitionsAreFreeOfMistakesAndOnWithTheirCredentials() throws IOException {
    Definitions bare = read(Map.of());
    Definitions all = read(Map.of("GITHUB_REMOTE_TOKEN", "secret 1", "LINEAR_API_KEY", "secret 2"));

    assertEquals(List.of(), all.warnings());
    assertEquals(
        List.of("everything"),
        bare.servers().stream()
            .filter(ServerDefinition::enabled)
            .map(ServerDefinition::name)
            .toList());
    assertTrue(all.servers().stream().allMatch(ServerDefinition::enabled), all.toString());
  }

  @Test
  void theDefinitionsLeadToServicesOrOutside() throws IOException {
    for (ServerDefinition server : read(Map.of()).servers()) {
      URI url = ((Transport.Remote) server.transport()).url();
      boolean outside = url.getScheme().equals("https") && url.getHost().contains(".");
      assertTrue(outside || isService(url), server.toString());
    }
  }

  private static boolean isService(URI url) {
    return manifests.find(Service.class, url.getHost()).stream()
        .flatMap(service -> service.getSpec().getPorts().stream())
        .anyMatch(port -> port.getPort() == url.getPort());
  }

  @Test
  void whatRunsIsWhatIsShippedElsewhere() throws IOException {
    try (InputStream version = getClass().getResourceAsStream("/version.txt")) {
      String text = new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertEquals(
          "registry.example.org/toolgate:" + text + "-slim", container("toolgate").getImage());
    }
    String packed = container("mcp-everything").getCommand().get(2);
    assertTrue(Files.readString(Path.of("tenants/demo.json")).contains('"' + packed + '"'), packed);
  }
}
