package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "https_proxy"})
  void handsOnWhatAnyProgramNeeds(String name) {
    assertEquals(Map.of(name, "x"), ChildEnvironment.of(Map.of(name, "x"), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_URL",
        "MCP_API_KEY",
        "WEBUI_SECRET_KEY",
        "TOOLGATE_HOME",
        "JAVA_TOOL_OPTIONS",
        "NODE_OPTIONS",
        "LD_PRELOAD",
        "GITHUB_TOKEN",
        "path",
        "LCD"
      })
  void keepsEverythingElse(String name) {
    assertEquals(Map.of(), ChildEnvironment.of(Map.of(name, "x"), Map.of()));
  }

  @Test
  void theDefinitionsOwnValuesWin() {
    Map<String, String> environment =
        ChildEnvironment.of(
            Map.of("PATH", "/bin", "HOME", "/root", "KEY", "ours"),
            Map.of("PATH", "/opt/bin", "KEY", "theirs"));

    assertEquals(Map.of("PATH", "/opt/bin", "HOME", "/root", "KEY", "theirs"), environment);
  }
}
