package io.toolgate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param task what is to be done
 * @param script the file of statements that {@link Task#SQL} was given
 * @param statements those that it was given on the command line
 * @param settings configuration properties that the other words stand for; they win over the
 *     environment
 */
record Arguments(
    Task task, Optional<Path> script, Optional<String> statements, Map<String, String> settings) {
  static final String API_KEY = "toolgate.identity.api-key";

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(String... words) {
    return new ArgumentReader(words).read();
  }

  static boolean isPort(String text) {
    return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535;
  }

  /** What Toolgate can do. */
  enum Task {
    SERVE(""),
    HELP("help"),
    VERSION("version"),
    CHECK("check"),
    DATABASE_URL("db-url"),
    SQL("sql"),
    DUMP("dump");

    private final String word;

    Task(String word) {
      this.word = word;
    }

    /** The word that asks for it; empty for what is done without being asked for. */
    String word() {
      return word;
    }

    static Optional<Task> of(String word) {
      return Arrays.stream(values())
          .filter(task -> task != SERVE && task.word.equals(word))
          .findFirst();
    }
  }
}
