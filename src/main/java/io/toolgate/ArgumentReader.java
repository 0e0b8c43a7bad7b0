package io.toolgate;

import io.toolgate.Arguments.Task;
import io.toolgate.problem.Spelling;
import io.toolgate.tenant.CommandWords;
import io.toolgate.tenant.ProcessText;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the command line from left to right: {@code --option value}, {@code --option=value}, a
 * task, and a file, folder or command to serve. {@code --} says that what follows is a command;
 * without it a word is taken for what it evidently is.
 */
final class ArgumentReader {
  private static final String CONFIG = "toolgate.tenant.config";
  private static final String FOLDER = "toolgate.tenant.folder";
  private static final String COMMAND = "toolgate.tenant.command";
  private static final Map<String, String> OPTIONS =
      Map.of(
          "--port",
          "quarkus.http.port",
          "--host",
          "quarkus.http.host",
          "--config",
          CONFIG,
          "--tenants",
          FOLDER,
          "--data",
          "toolgate.data",
          "--api-key",
          Arguments.API_KEY);

  /** What everybody tries. */
  private static final Map<String, String> ALSO = Map.of("-p", "--port", "-c", "--config");

  private static final Map<String, Task> TASKS =
      Map.of(
          "--help", Task.HELP,
          "-h", Task.HELP,
          "--version", Task.VERSION,
          "-v", Task.VERSION,
          "-V", Task.VERSION);

  private final List<String> words;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Task task = Task.SERVE;
  private Optional<Path> script = Optional.empty();
  private int next;

  ArgumentReader(String... words) {
    this.words = List.of(words);
  }

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  Arguments read() {
    words.forEach(ArgumentReader::checkReadable);
    while (next < words.size()) {
      word(words.get(next++));
    }
    if (settings.containsKey(Arguments.API_KEY)) {
      // Whoever starts it like this wants to call tools with the key alone.
      settings.put("toolgate.identity.require-user", "${REQUIRE_USER:false}");
    }
    if (settings.containsKey(COMMAND)
        && (settings.containsKey(CONFIG) || settings.containsKey(FOLDER))) {
      throw new IllegalArgumentException(
          "a command replaces --config and --tenants; give one of them");
    }
    return new Arguments(task, script, Map.copyOf(settings));
  }

  private static void checkReadable(String word) {
    if (ProcessText.isUnreadable(word)) {
      throw new IllegalArgumentException("\"" + word + "\" " + ProcessText.unreadable());
    }
  }

  private void word(String word) {
    int equals = word.indexOf('=');
    String given = equals < 0 ? word : word.substring(0, equals);
    String option = ALSO.getOrDefault(given, given);
    if (word.equals("--")) {
      command(rest());
    } else if (OPTIONS.containsKey(option)) {
      if (equals < 0 && next == words.size()) {
        throw new IllegalArgumentException(given + " needs a value");
      }
      String text = equals < 0 ? words.get(next++) : word.substring(equals + 1);
      settings.put(OPTIONS.get(option), value(given, option, text));
    } else if (TASKS.containsKey(word)) {
      task = TASKS.get(word);
    } else if (word.startsWith("-")) {
      throw unknown("option", word);
    } else {
      plain(word);
    }
  }

  private List<String> rest() {
    List<String> rest = words.subList(next, words.size());
    next = words.size();
    return rest;
  }

  private static String value(String given, String option, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(given + " needs a value");
    }
    if (option.equals("--port") && !Arguments.isPort(text)) {
      throw new IllegalArgumentException(given + " takes a number from 0 to 65535, not " + text);
    }
    if (option.equals("--api-key") && text.matches(".*\\$[${].*")) {
      throw new IllegalArgumentException(
          "--api-key takes no key with $$ or ${; choose another, or name a file in MCP_API_KEY_FILE");
    }
    boolean path =
        option.equals("--config") || option.equals("--tenants") || option.equals("--data");
    return path ? absolute(text).toString() : text;
  }

  private static Path absolute(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no path");
    }
  }

  /** A word that is neither an option nor its value. */
  private void plain(String word) {
    Optional<Task> asked = Task.of(word).filter(found -> task == Task.SERVE);
    if (task == Task.SQL && script.isEmpty()) {
      script = Optional.of(absolute(word));
    } else if (asked.isPresent()) {
      task = asked.get();
    } else if (!word.isEmpty() && Files.isDirectory(absolute(word))) {
      settings.put(FOLDER, absolute(word).toString());
    } else if (word.endsWith(".json")) {
      settings.put(CONFIG, absolute(word).toString());
    } else if (isProgram(word)) {
      List<String> command = new ArrayList<>(List.of(word));
      command.addAll(rest());
      command(command);
    } else if (word.contains("/")) {
      throw new IllegalArgumentException(
          word + " is no folder, no *.json file and no program that can be run");
    } else {
      throw unknown("word", word);
    }
  }

  private static boolean isProgram(String word) {
    if (word.contains("/")) {
      return isExecutable(new File(word));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return !word.isEmpty()
        && Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> isExecutable(new File(folder, word)));
  }

  private static boolean isExecutable(File file) {
    return file.isFile() && file.canExecute();
  }

  private void command(List<String> command) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "-- needs a command, for example: -- npx -y @modelcontextprotocol/server-memory");
    }
    settings.put(COMMAND, CommandWords.encode(command));
  }

  private static IllegalArgumentException unknown(String kind, String word) {
    boolean option = word.startsWith("-");
    List<String> known = new ArrayList<>();
    if (option) {
      known.addAll(OPTIONS.keySet());
      known.addAll(List.of("--help", "--version"));
    } else {
      Arrays.stream(Task.values()).map(Task::word).filter(it -> !it.isEmpty()).forEach(known::add);
    }
    String nothing =
        option
            ? ""
            : ", which is no file, no folder and no program on the PATH; a command to serve comes after --";
    String hint =
        Spelling.nearest(word.replaceFirst("=.*", ""), known)
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse(nothing);
    return new IllegalArgumentException("unknown " + kind + " " + word + hint);
  }
}
