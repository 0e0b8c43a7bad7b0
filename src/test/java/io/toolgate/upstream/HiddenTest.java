package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "s3cret");
  }

  @Test
  void hidesTheFilesOfOurOwnSecretsAndNobodyElses() throws IOException {
    Path key = file("key");
    Path certificates = file("certificates.crt");

    Hidden hidden =
        Hidden.of(
            folder,
            Map.of(
                "MCP_API_KEY_FILE", key.toString(),
                "TOOLGATE_ENCRYPTION_KEY_FILE", folder.resolve("missing").toString(),
                "SSL_CERT_FILE", certificates.toString(),
                "ANOTHER_PROGRAMS_FILE", certificates.toString()));

    assertEquals(Set.of(key), hidden.secrets());
    assertEquals(List.of(key), hidden.secretsFrom(List.of("node", "server.js")));
  }

  @Test
  void leavesAServerTheSecretThatItsDefinitionNames() throws IOException {
    Path key = file("key");
    Hidden hidden = Hidden.of(folder, Map.of("MCP_API_KEY_FILE", key.toString()));

    assertEquals(List.of(), hidden.secretsFrom(List.of("--key-file=" + key)));
  }
}
