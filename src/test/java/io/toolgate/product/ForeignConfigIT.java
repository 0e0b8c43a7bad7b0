package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.scripted.Scripted;
import io.toolgate.scripted.ScriptedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was written for another program, and hosts as compose names them. */
class ForeignConfigIT {
  @TempDir Path folder;

  @Test
  void settingsOfAnEditorAreServed() throws IOException {
    Path hosts =
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 mcp_server\n127.0.0.1 localhost\n");
    try (ScriptedProcess server = Scripted.streamable().withoutOddTools().start()) {
      int port = server.url().getPort();
      String settings =
          """
          \uFEFF{"editor.fontSize": 12, "mcp": {"servers": {
            "My Server": {"url": "http://mcp_server:%d%s\\n", "type": "remote",
                          "requestInit": {"headers": {"X-Told": "yes\\n"}}},
            "docs": {"type": "local", "command": ["sh", "-c", "exec sleep 60"], "isActive": false}}}}
          """
              .formatted(port, server.url().getPath());
      Path config =
          Files.write(folder.resolve("settings"), settings.getBytes(StandardCharsets.UTF_8));

      try (Product product =
          Product.launch(
              Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts),
              "--config",
              config.toString())) {
        product.awaitReady("My-Server");

        Answer headers = product.post("/My-Server/headers", "{}");
        assertEquals("mcp_server:" + port, headers.json().path("host").asText());
        assertEquals("yes", headers.json().path("x-told").asText());
        assertEquals("disabled", product.server("docs-server").path("status").asText());
        assertTrue(
            product.log().stream().anyMatch(line -> line.contains("it is served as \"My-Server\"")),
            () -> String.join("\n", product.log()));
      }
    }
  }
}
