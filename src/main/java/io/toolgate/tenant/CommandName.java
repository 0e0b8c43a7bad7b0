package io.toolgate.tenant;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name for a server that was given as a bare command: that of the package it runs, without scope,
 * version, and the words every such package has in its name.
 */
final class CommandName {
  private static final String FALLBACK = "server";

  private static final Set<String> RUNNERS =
      Set.of(
          "npx", "npm", "pnpm", "pnpx", "yarn", "bun", "bunx", "uvx", "uv", "pipx", "node", "deno",
          "tsx", "ts-node", "python", "python3", "py", "java", "docker", "podman", "env", "sh",
          "bash", "cmd");

  /** Words of the runners themselves. */
  private static final Set<String> VERBS =
      Set.of("run", "exec", "dlx", "x", "tool", "start", "container", "/c");

  /** Options of the runners that are followed by a value which is not the package. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-p",
          "--package",
          "--from",
          "--with",
          "--python",
          "--directory",
          "--project",
          "-e",
          "--env",
          "--env-file",
          "-v",
          "--volume",
          "--mount",
          "--name",
          "--network",
          "--platform",
          "-w",
          "--workdir",
          "-u",
          "--user",
          "-cp",
          "-classpath",
          "--class-path",
          "--port",
          "--index-url",
          "--registry",
          "--prefix",
          "-r",
          "--require",
          "--import");

  private static final Pattern EXTENSION =
      Pattern.compile("\\.(?:js|mjs|cjs|ts|py|jar|sh|exe|cmd|bat)$");
  private static final Pattern COMMON =
      Pattern.compile("^(?:mcp-server-|server-|mcp-)|(?:-mcp-server|-mcp)$");

  private CommandName() {}

  /** Always a valid name. */
  static String of(List<String> command) {
    Iterator<String> words = command.iterator();
    String word = words.hasNext() ? words.next() : "";
    while (passes(word) && words.hasNext()) {
      if (WITH_VALUE.contains(word)) {
        words.next();
      }
      word = words.hasNext() ? words.next() : "";
    }
    String name = passes(word) ? "" : packageName(word.toLowerCase(Locale.ROOT));
    return ServerNames.valid(name) ? name : FALLBACK;
  }

  /** Whether a word only leads to the package. */
  private static boolean passes(String word) {
    return word.startsWith("-")
        || VERBS.contains(word)
        || RUNNERS.contains(file(word).toLowerCase(Locale.ROOT).replaceAll("\\.(exe|cmd)$", ""))
        || Pattern.matches("[A-Za-z_][A-Za-z0-9_]*=.*", word);
  }

  private static String packageName(String word) {
    String bare = word.replaceAll("(?<=.)@[^/]*$|[=<>~\\[].*$|:[^:/\\\\]*$", "");
    String name = stripped(file(bare));
    boolean telling = ServerNames.valid(name) && !name.equals(FALLBACK);
    return telling || !bare.startsWith("@") ? name : stripped(bare.replaceAll("^@|/.*$", ""));
  }

  private static String file(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static String stripped(String text) {
    String name = EXTENSION.matcher(text).replaceFirst("").replace('_', '-');
    for (String before = ""; !before.equals(name); ) {
      before = name;
      name = COMMON.matcher(name).replaceFirst("");
    }
    return name;
  }
}
