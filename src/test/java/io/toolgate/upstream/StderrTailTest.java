package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StderrTailTest {
  private final StderrTail tail = new StderrTail(Set.of("s3cret-value"));

  @Test
  void keepsTheLastTenLines() {
    IntStream.range(0, 25).forEach(i -> tail.add("line " + i));

    assertEquals(IntStream.range(15, 25).mapToObj(i -> "line " + i).toList(), tail.lines());
  }

  @Test
  void leavesBlankLinesOut() {
    List.of("one", "", "  \t ", "two").forEach(tail::add);

    assertEquals(List.of("one", "two"), tail.lines());
  }

  @Test
  void masksSecrets() {
    tail.add("key=s3cret-value, again s3cret-value");

    assertEquals(List.of("key=***, again ***"), tail.lines());
  }

  @Test
  void masksASecretThatTheLimitWouldCut() {
    String shown = tail.shown("x".repeat(395) + "s3cret-value");

    assertEquals("x".repeat(395) + "***", shown);
  }

  @Test
  void masksASecretWithColourInIt() {
    assertEquals("***", tail.shown("s3cret\u001B[1m-value\u001B[0m"));
  }

  @Test
  void boundsALine() {
    assertEquals(400, tail.shown("x".repeat(50_000)).length());
  }

  @Test
  void takesColoursAndControlCharactersAway() {
    assertEquals("red  plain", tail.shown("\u001B[31;1mred\u001B[0m\u0007\u0000plain\r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm notice",
        "npm notice New major version of npm available! 10.8.2 -> 11.6.0",
        "npm notice Changelog: https://github.com/npm/cli/releases/tag/v11.6.0",
        "npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported",
        "npm WARN exec The following package was not found and will be installed: x@1.0.0",
        "\u001B[1mnpm\u001B[22m \u001B[96mnotice\u001B[39m To update run: npm install -g npm@11.6.0",
        "npm error A complete log of this run can be found in: /root/.npm/_logs/x.log",
        "npm ERR!",
        "npm error 404",
        "npm error 404 Note that you can also install from a",
        "npm error 404 tarball, folder, http url, or git url",
        "npm error 404 tarball, folder, http url, or git url.",
        "npm ERR! 404 Note that you can also install from a",
        "npm error For a full report see:",
        "Run 'docker run --help' for more information",
        "See 'docker run --help'.",
        "See 'podman run --help'",
        "added 45 packages in 3s",
        "(node:4711) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.",
        "(Use `node --trace-deprecation ...` to show where the warning was created)",
        "Installed 12 packages in 34ms",
        "Resolved 31 packages in 1.20s",
        "Downloading pydantic-core (1.9MiB)",
        " Downloaded pydantic-core",
        "Building wheel==1.0",
        "Requirement already satisfied: pip in /usr/lib",
        "[notice] A new release of pip is available: 24.0 -> 25.2",
        "warning: Failed to hardlink files; falling back to full copy.",
        "Unable to find image 'mcp/time:latest' locally",
        "0a1b2c3d4e5f: Pull complete",
        "Status: Downloaded newer image for mcp/time:latest",
        "go: downloading github.com/x/y v1.2.3",
        "  45%|####5     | 45/100 [00:01<00:01, 40.1it/s]",
        "[==========>          ] 50%",
        "\u280B",
      })
  void whatLaunchersPrintIsNotTheLastWord(String noise) {
    tail.add("Error: MISSING_TOKEN is not set");
    IntStream.range(0, 30).forEach(i -> tail.add(noise));

    assertEquals(List.of("Error: MISSING_TOKEN is not set"), tail.lines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm error code E404",
        "npm error 404 Not Found - GET https://registry.example/x",
        "npm ERR! enoent This is related to npm not being able to find a file.",
        "npm error 404  '@x/does-not-exist-zzz@*' is not in this registry.",
        "npm error notarget No matching version found for x@9.",
        "docker: invalid reference format; see 'docker run --help' or its folder",
        "Error: Cannot find module 'x'",
        "error: Failed to download distribution",
        "Check failed: token is not set",
        "Building the index failed",
        "docker: Error response from daemon: pull access denied",
        "Downloading models requires a token",
        "go: module x: not found",
      })
  void aReasonIsNoNoise(String line) {
    tail.add(line);
    tail.add("npm notice");

    assertEquals(List.of(line), tail.lines());
  }

  /** Its reason stands first, and more than ten lines before its end. */
  @Test
  void theReasonOfACrashedProgramOfNodeIsShown() {
    """
    node:internal/modules/cjs/loader:1210
      throw err;
      ^

    Error: Cannot find module 'no-such-module'
    Require stack:
    - /srv/[eval]
        at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)
        at Module._load (node:internal/modules/cjs/loader:1038:27)
        at Module.require (node:internal/modules/cjs/loader:1289:19)
        at require (node:internal/modules/helpers:182:18)
        at [eval]:1:1
        at runScriptInThisContext (node:internal/vm:209:10)
        at node:internal/process/execution:118:14
        at async Promise.all (index 0)
        at new Server (file:///srv/index.js:10:5) {
      code: 'MODULE_NOT_FOUND',
      requireStack: [ '/srv/[eval]' ]
    }

    Node.js v20.20.2
    """
        .lines()
        .forEach(tail::add);

    assertEquals(
        List.of("Error: Cannot find module 'no-such-module'", "Require stack:", "- /srv/[eval]"),
        tail.lines());
  }

  @Test
  void noiseIsShownWhereThereIsNothingElse() {
    tail.add("npm warn deprecated x");

    assertEquals(List.of("npm warn deprecated x"), tail.lines());
  }
}
