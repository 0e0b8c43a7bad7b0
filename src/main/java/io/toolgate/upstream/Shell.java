package io.toolgate.upstream;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The POSIX shell that prepares a child and then becomes it, or waits for it.
 *
 * <p>Invariant: the child gets every variable that it is to get. Some shells, dash among them, drop
 * those whose names are none of a shell's, such as {@code spring.datasource.url}; bash keeps them.
 *
 * @param words program and options
 */
record Shell(List<String> words) {
  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Optional<Shell> PLAIN =
      ProgramFile.ofSystem("sh").map(Path::toString).map(sh -> new Shell(List.of(sh)));

  /** It reads no file that a variable of the child names. */
  private static final Optional<Shell> KEEPING =
      ProgramFile.ofSystem("bash").map(Path::toString).map(bash -> new Shell(List.of(bash, "-p")));

  Shell {
    words = List.copyOf(words);
  }

  /** The system's; none where there is none. */
  static Optional<Shell> ofSystem() {
    return PLAIN;
  }

  /** One that hands these variables on, as far as this system has it. */
  static Optional<Shell> keeping(Collection<String> names) {
    return lost(names).isEmpty() ? PLAIN : KEEPING.or(Shell::ofSystem);
  }

  /** Of these variables, those that a shell may drop. */
  private static List<String> lost(Collection<String> names) {
    return names.stream().filter(name -> !SHELL_NAME.matcher(name).matches()).sorted().toList();
  }

  /** Of these variables, those that no shell of this system hands on. */
  static List<String> dropped(Collection<String> names) {
    return KEEPING.isPresent() ? List.of() : lost(names);
  }

  /** The command that runs a script. */
  List<String> running(String script) {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("-c", script));
    return command;
  }

  /** As words of another shell's script. */
  String quoted() {
    return words.stream().map(ShellScript::quoted).collect(Collectors.joining(" "));
  }
}
