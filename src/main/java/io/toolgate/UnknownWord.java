package io.toolgate;

import io.toolgate.Arguments.Task;
import io.toolgate.problem.Spelling;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says of a word of the command line that is not understood what was probably meant. */
final class UnknownWord {
  private UnknownWord() {}

  static IllegalArgumentException option(String word, Collection<String> options) {
    List<String> known = Stream.concat(options.stream(), Stream.of("--help", "--version")).toList();
    return new IllegalArgumentException("unknown option " + word + nearest(word, known).orElse(""));
  }

  static IllegalArgumentException plain(String word) {
    return new IllegalArgumentException(sentence(word));
  }

  private static String sentence(String word) {
    if (word.matches("(?i)https?://.*")) {
      return word
          + " is a URL; write a file with {\"mcpServers\": {\"name\": {\"url\": \""
          + word
          + "\"}}} and serve that";
    }
    if (word.matches("@[\\w.~-]+/[\\w.~-]+(@\\S+)?")) {
      return word + " is a package; to serve it, write: -- npx -y " + word;
    }
    if (word.contains("/")) {
      return word + " is no folder, no file and no program that can be run";
    }
    if (Launcher.isKnown(word)) {
      return word + " is no program on the PATH";
    }
    String program = "; if it is a program, write: -- " + word + " ...";
    if (Launcher.isOnPath(word)) {
      return "unknown word " + word + program;
    }
    List<String> tasks =
        Arrays.stream(Task.values())
            .map(Task::word)
            .filter(task -> !task.isEmpty() && !task.equals(word))
            .toList();
    return "unknown word "
        + word
        + nearest(word, tasks).orElse(", which is no file and no folder" + program);
  }

  private static Optional<String> nearest(String word, List<String> known) {
    return Spelling.nearest(word.replaceFirst("=.*", ""), known)
        .map(nearest -> "; did you mean " + nearest + "?");
  }
}
