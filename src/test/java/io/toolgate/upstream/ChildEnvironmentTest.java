package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {
  private static Map<String, String> child(Map<String, String> ours, Map<String, String> own) {
    return child(ours, own, Optional.empty());
  }

  private static Map<String, String> child(
      Map<String, String> ours, Map<String, String> own, Optional<String> before) {
    Map<String, String> environment = new HashMap<>(ours);
    ChildEnvironment.become(environment, own, before);
    return environment;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "https_proxy"})
  void handsOnWhatAnyProgramNeeds(String name) {
    assertEquals(Map.of(name, "x"), child(Map.of(name, "x"), Map.of()));
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
    assertEquals(Map.of(), child(Map.of(name, "x"), Map.of()));
  }

  @Test
  void theDefinitionsOwnValuesWin() {
    Map<String, String> environment =
        child(
            Map.of("PATH", "/bin", "HOME", "/root", "KEY", "ours"),
            Map.of("PATH", "/opt/bin", "KEY", "theirs"));

    assertEquals(Map.of("PATH", "/opt/bin", "HOME", "/root", "KEY", "theirs"), environment);
  }

  @Test
  void aLocaleThatOnlyToolgateWasGivenIsNotHandedOn() {
    Map<String, String> ours = Map.of("LC_ALL", "C.UTF-8", "LANG", "de_DE.UTF-8");

    assertEquals(Map.of("LANG", "de_DE.UTF-8"), child(ours, Map.of(), Optional.of("")));
    assertEquals(
        Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "POSIX"),
        child(ours, Map.of(), Optional.of("POSIX")));
    assertEquals(
        Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "en_US.UTF-8"),
        child(ours, Map.of("LC_ALL", "en_US.UTF-8"), Optional.of("")));
  }
}
