package io.toolgate.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How a command is run in user, PID and mount namespaces of its own, with the tools of util-linux.
 *
 * <p>The command is not the first process of its PID namespace, because that one is exempt from
 * most signals and has to wait for orphans; a shell is, which hides files, runs the command, and
 * ends with its exit code. When that shell ends, the kernel ends all of the namespace. A second
 * shell outside waits for the first and ends with it. The command has a second user namespace, in
 * which it is the user it would be outside, and from which it cannot undo what the shell has
 * hidden.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/unshare.1.html">unshare</a>
 */
record Namespaces(Path unshare, Path mount, long user, long group) {
  /** The number of a descriptor that a shell can hold is one digit. */
  private static final int FIRST_FREE = 4;

  private static final int MOST_VISIBLE = 6;
  private static final String NAME = "toolgate";

  private static final Path PERFORMANCE_DATA =
      Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"));

  /** Empty where the tools are missing. */
  static Optional<Namespaces> ofSystem() {
    if (Shell.ofSystem().isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
      return Optional.of(
          new Namespaces(
              ProgramFile.ofSystem("unshare").orElseThrow(),
              ProgramFile.ofSystem("mount").orElseThrow(),
              number(status, "Uid:"),
              number(status, "Gid:")));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The effective one, of four. */
  private static long number(List<String> status, String name) {
    String line = status.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    return Long.parseLong(line.split("\\s+")[2]);
  }

  /**
   * The words that go before a command.
   *
   * @param folder the command's working folder
   * @param words of its definition, see {@link Hidden}
   */
  List<String> before(Shell shell, Hidden hidden, Path folder, Collection<String> words)
      throws IOException {
    List<String> prefix = new ArrayList<>();
    prefix.addAll(List.of(unshare.toString(), "--user", "--map-root-user", "--pid", "--mount"));
    prefix.add("--");
    prefix.addAll(shell.running(outside(shell).toString()));
    prefix.addAll(List.of(NAME, inside(hidden, folder, words).toString()));
    return prefix;
  }

  /** Still in the old PID namespace; what it starts is the first process of the new one. */
  private ShellScript outside(Shell shell) {
    StringBuilder words = new StringBuilder();
    DeathSignal.words().forEach(word -> words.append(ShellScript.quoted(word)).append(' '));
    return waitFor(
        words + shell.quoted() + " -c \"$@\"",
        new ShellScript().line("script=$1; shift; set -- \"$script\" " + NAME + " \"$@\""));
  }

  private ShellScript inside(Hidden hidden, Path folder, Collection<String> words)
      throws IOException {
    ShellScript script = new ShellScript();
    script.run(mount, "-t", "proc", "-o", "nosuid,nodev,noexec", "proc", "/proc");
    for (Path secret : hidden.secretsFrom(words)) {
      if (Files.isDirectory(secret)) {
        script.run(mount, "-t", "tmpfs", "-o", "ro,mode=555", NAME, secret);
      } else if (Files.exists(secret)) {
        script.run(mount, "--bind", "/dev/null", secret.toRealPath());
      }
    }
    // Our own shows our command line; and that of two children with the same number in their
    // namespaces would be one file.
    if (Files.isDirectory(PERFORMANCE_DATA)) {
      script.run(mount, "-t", "tmpfs", "-o", "mode=755", NAME, PERFORMANCE_DATA);
    }
    hideData(script, hidden, words);
    // A working folder that was entered before would still be the hidden one.
    script.line("cd " + quoted(folder) + " 2>/dev/null || cd /");
    String asUser = " --user --map-user=" + user + " --map-group=" + group + " -- \"$@\"";
    return waitFor(quoted(unshare) + asUser, script);
  }

  /**
   * Runs the command and ends as it does, but does not hold its streams: whoever waits at their
   * other ends must notice when the command closes them.
   */
  private static ShellScript waitFor(String command, ShellScript script) {
    return script
        .line("exec 3<&0")
        .line(command + " <&3 3<&- &")
        .line("exec 0<&- 1>&- 2>&- 3<&-")
        .line("set +e")
        .line("wait $!")
        .line("exit $?");
  }

  /** What stays visible is held open while the folder around it is covered, and put back then. */
  private void hideData(ShellScript script, Hidden hidden, Collection<String> words)
      throws IOException {
    Path data = hidden.real();
    List<Path> visible = hidden.visibleTo(words).stream().map(data::resolve).toList();
    if (visible.size() > MOST_VISIBLE) {
      throw new IOException("more than " + MOST_VISIBLE + " folders in " + data + " are named");
    }
    for (int i = 0; i < visible.size(); i++) {
      script.line("exec " + (FIRST_FREE + i) + "<" + quoted(visible.get(i)));
    }
    script.run(mount, "-t", "tmpfs", "-o", "mode=755", NAME, data);
    for (int i = 0; i < visible.size(); i++) {
      Path target = visible.get(i);
      script.line(Files.isDirectory(target) ? "mkdir " + quoted(target) : ": >" + quoted(target));
      int held = FIRST_FREE + i;
      script.run(mount, "--no-canonicalize", "--rbind", "/proc/self/fd/" + held, target);
      script.line("exec " + held + "<&-");
    }
    // What is written beside it would be lost without a word.
    script.run(mount, "-o", "remount,bind,ro", data);
  }

  private static String quoted(Path path) {
    return ShellScript.quoted(path.toString());
  }
}
