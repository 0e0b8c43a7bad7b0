package io.toolgate.product;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The MCP servers that the build installs with npm into {@code target/npm}, as published. */
public enum NpmServer {
  EVERYTHING,
  FILESYSTEM,
  MEMORY;

  static final Path PACKAGES =
      Path.of("target/npm/node_modules/@modelcontextprotocol").toAbsolutePath();

  /** The file that Node.js runs. */
  Path program() {
    return PACKAGES
        .resolve("server-" + name().toLowerCase(java.util.Locale.ROOT))
        .resolve("dist/index.js");
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
