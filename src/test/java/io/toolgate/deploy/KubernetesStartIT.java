package io.toolgate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.toolgate.product.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Toolgate with the settings, definitions and secrets that its pods get by the example. */
class KubernetesStartIT {
  @TempDir private Path folder;

  /** What a node mounts, below {@link #folder}; config maps by way of a link that it can turn. */
  private Map<String, String> mounted() throws Exception {
    Path example = Manifests.copyWithSecrets(folder.resolve("k")).resolve("overlays/example");
    Manifests manifests = Manifests.read(Manifests.build(example).out());
    Map<String, String> environment = new HashMap<>(Settings.of(manifests));
    Path tenants = below(environment.get("TENANTS_DIR"));
    Files.createDirectories(tenants.resolve("..1"));
    Files.createSymbolicLink(tenants.resolve("..data"), Path.of("..1"));
    for (var file : manifests.generated(ConfigMap.class, "toolgate-tenants").getData().entrySet()) {
      Files.writeString(tenants.resolve("..1").resolve(file.getKey()), file.getValue());
      Files.createSymbolicLink(
          tenants.resolve(file.getKey()), Path.of("..data").resolve(file.getKey()));
    }
    Map<String, String> secrets = manifests.generated(Secret.class, "toolgate-secrets").getData();
    for (var setting : environment.entrySet()) {
      if (setting.getKey().endsWith("_FILE")) {
        Path file = below(setting.getValue());
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(secrets.get(file.getFileName().toString())));
        setting.setValue(file.toString());
      }
    }
    environment.put("TENANTS_DIR", tenants.toString());
    environment.put("HOST", "127.0.0.1");
    environment.remove("DATA_DIR"); // and the port are the test's
    return environment;
  }

  private Path below(String path) {
    return folder.resolve("root" + path);
  }

  @Test
  void withADatabaseThatIsAwayItIsAliveAndNotReady() throws Exception {
    Map<String, String> environment = mounted();
    String key = Files.readString(Path.of(environment.get("MCP_API_KEY_FILE")));

    try (Product product = Product.launch(environment)) {
      assertEquals(200, product.get("/q/health/live").status());
      assertEquals(503, product.get("/q/health/ready").status());
      assertEquals(401, product.get("/servers").status());
      assertTrue(
          product.get("/servers", "Authorization", "Bearer " + key).ok().contains("everything"));
    }
  }

  @Test
  void secretsThatAreForgottenEndTheStart() throws Exception {
    Map<String, String> environment = mounted();
    Files.writeString(Path.of(environment.get("MCP_API_KEY_FILE")), "");
    Files.delete(Path.of(environment.get("FORWARD_USER_INFO_HEADER_JWT_SECRET_FILE")));

    String text = refusal(environment);

    assertTrue(text.matches("(?s).*MCP_API_KEY_FILE names [^ ]+, which is empty.*"), text);
    assertTrue(text.matches("(?s).*_JWT_SECRET_FILE names [^ ]+, which cannot be read.*"), text);
  }

  /** Else each replica would have one of its own. */
  @Test
  void anAddressOfTheDatabaseThatIsForgottenEndsTheStart() throws Exception {
    Map<String, String> environment = mounted();
    Files.writeString(Path.of(environment.get("DATABASE_URL_FILE")), "");

    String text = refusal(environment);

    assertTrue(text.contains("DATABASE_URL_FILE must begin with postgresql://"), text);
  }

  private static String refusal(Map<String, String> environment) {
    Product product = Product.launch(environment);
    int exitCode = product.awaitExit();
    String text = String.join("\n", product.log());
    assertEquals(1, exitCode, text);
    return text;
  }
}
