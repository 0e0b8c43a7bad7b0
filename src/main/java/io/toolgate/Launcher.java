package io.toolgate;

import java.io.File;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which words of the command line start a command without {@code --}: a path to a program,
 * and what MCP servers are commonly started by. Other words that happen to be programs, such as
 * {@code test}, are rather slips.
 */
final class Launcher {
  private static final Set<String> KNOWN =
      Set.of(
          "npx", "npm", "pnpm", "bunx", "bun", "deno", "uvx", "uv", "pipx", "python", "python3",
          "node", "docker", "podman", "go", "java", "dotnet", "sh", "bash");

  private Launcher() {}

  static boolean is(String word) {
    return word.contains("/") ? isExecutable(new File(word)) : isKnown(word) && isOnPath(word);
  }

  static boolean isKnown(String word) {
    return KNOWN.contains(word);
  }

  static boolean isOnPath(String word) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return !word.isEmpty()
        && Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> isExecutable(new File(folder, word)));
  }

  private static boolean isExecutable(File file) {
    return file.isFile() && file.canExecute();
  }
}
