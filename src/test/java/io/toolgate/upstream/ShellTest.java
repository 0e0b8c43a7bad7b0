package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ShellTest {
  /** What a program gets whose start a shell prepares. */
  private static Set<String> handedOn(Map<String, String> own) throws Exception {
    Shell shell = Shell.keeping(own.keySet()).orElseThrow();
    ProcessBuilder builder = new ProcessBuilder(shell.running("exec env -0"));
    builder.environment().clear();
    builder.environment().putAll(own);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] said = process.getInputStream().readAllBytes();
    return Set.of(new String(said, StandardCharsets.UTF_8).split("\0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "MY-KEY", "spring.datasource.url", "1st", "a b", "BASH_ENV"})
  void handsOnVariablesWhateverTheirNames(String name) throws Exception {
    assumeTrue(Shell.dropped(Set.of(name)).isEmpty(), "there is no bash");

    Set<String> handedOn = handedOn(Map.of(name, "/x y"));

    assertTrue(handedOn.contains(name + "=/x y"), handedOn::toString);
  }

  @Test
  void readsNoFileThatAVariableNames() throws Exception {
    Set<String> handedOn =
        handedOn(Map.of("a.b", "c", "BASH_ENV", "/proc/self/environ", "ENV", "x"));

    assertTrue(handedOn.contains("a.b=c"), handedOn::toString);
  }

  @Test
  void isTheSystemsUnlessThatDropsSomething() {
    assertEquals(Shell.ofSystem(), Shell.keeping(Set.of("A", "_b", "C1")));
  }
}
