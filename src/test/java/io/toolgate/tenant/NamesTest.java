package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "github-remote", "my_server", "v1.2", "Docs2", "toolsy"})
  void allowsNamesThatNeedNoEscaping(String name) {
    assertEquals(Optional.empty(), ServerNames.mistake(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "meta",
        "health",
        "servers",
        "refresh",
        "tenants",
        "tools",
        "debug",
        "openapi.json",
        "openapi.yaml",
        "docs",
        "redoc",
        "portal",
        "groups",
        "mcp",
        "sse",
        "messages",
        "ping",
        "status",
        "oauth",
        "metrics",
        "api",
        "q",
        "system",
        "containers",
        "templates",
        ".well-known",
        "webjars",
        "schemas",
        "Admin",
        "OpenAPI.JSON"
      })
  void reservesToolgatesOwnPaths(String name) {
    String mistake = ServerNames.mistake(name).orElseThrow();

    assertTrue(mistake.contains("is reserved for Toolgate's own pages"), mistake);
    assertTrue(ServerNames.valid(ServerNames.cleaned(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "My Server, My-Server",
    "a/b, a-b",
    "-a-, a",
    ".., server",
    "., server",
    "'', server",
    "日本, server",
    "GitHub (work), GitHub-work",
    "' docs ', docs-server",
    "{x}, x",
  })
  void suggestsACleanedName(String name, String cleaned) {
    String mistake = ServerNames.mistake(name).orElseThrow();

    assertTrue(mistake.endsWith("; write for example \"" + cleaned + "\""), mistake);
    assertTrue(ServerNames.valid(cleaned));
  }

  @Test
  void limitsTheLength() {
    assertEquals(Optional.empty(), ServerNames.mistake("a".repeat(63)));
    assertTrue(ServerNames.mistake("a".repeat(64)).isPresent());
    assertEquals("a".repeat(63), ServerNames.cleaned("a".repeat(64)));
  }

  @ParameterizedTest
  @CsvSource({
    "npx -y @modelcontextprotocol/server-memory, memory",
    "npx -y @modelcontextprotocol/server-filesystem@2025.1.14 /srv/files, filesystem",
    "npx @playwright/mcp@latest --headless, playwright",
    "npx -y @sentry/mcp-server@1.2 --access-token=x, sentry",
    "npx -y @upstash/context7-mcp, context7",
    "npx -y -p typescript some-tool, some-tool",
    "npx --package=a b, b",
    "C:\\node\\npx.cmd -y firecrawl-mcp, firecrawl",
    "cmd /c npx -y mcp-remote, remote",
    "uvx mcp-server-time --local-timezone=UTC, time",
    "uvx --from git+https://example.com/x.git mcp_server_git, git",
    "uvx markitdown-mcp==0.1, markitdown",
    "uvx awslabs.core-mcp-server@latest, awslabs.core",
    "uv --directory /srv run weather.py, weather",
    "python -m mcp_server_fetch, fetch",
    "/usr/bin/python3 /srv/weather-server.py, weather-server",
    "node /srv/Notes.mjs --x, notes",
    "java -cp a.jar -jar /srv/tools-mcp.jar, server",
    "docker run -i --rm -e GITHUB_TOKEN ghcr.io/github/github-mcp-server:v1, github",
    "env A=b npx -y todoist-mcp, todoist",
    "/opt/bin/github-mcp-server stdio, github",
    "./mcp-server, server",
    "npx -y mcp-server-status, server",
    "npx, server",
    "npx -y, server",
    "'', server",
  })
  void namesAServerAfterItsPackage(String command, String name) {
    assertEquals(name, CommandName.of(List.of(command.split(" "))));
  }

  @Test
  void namesAnEmptyCommandToo() {
    assertEquals("server", CommandName.of(List.of()));
  }
}
