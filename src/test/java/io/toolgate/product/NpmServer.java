package io.toolgate.product;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The MCP servers that the build installs with npm into {@code target/npm}, as published. */
public enum NpmServer {
  EVERYTHING("@modelcontextprotocol/server-everything/dist/index.js"),
  FILESYSTEM("@modelcontextprotocol/server-filesystem/dist/index.js"),
  MEMORY("@modelcontextprotocol/server-memory/dist/index.js"),
  PLAYWRIGHT("@playwright/mcp/cli.js");

  static final Path PACKAGES = Path.of("target/npm/node_modules").toAbsolutePath();

  private final String file;

  NpmServer(String file) {
    this.file = file;
  }

  /** The file that Node.js runs. */
  public Path program() {
    return PACKAGES.resolve(file);
  }

  /** Its definition over stdio. */
  public Map<String, ?> stdio(String... arguments) {
    return stdio(Map.of(), arguments);
  }

  /** Its definition over stdio, with these environment variables. */
  public Map<String, ?> stdio(Map<String, String> environment, String... arguments) {
    List<String> all =
        Stream.concat(Stream.of(program().toString()), Stream.of(arguments)).toList();
    return Map.of("command", "node", "args", all, "env", environment);
  }
}
