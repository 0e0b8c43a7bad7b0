package io.toolgate;

import io.toolgate.Arguments.Task;
import io.toolgate.tenant.CommandWords;
import io.toolgate.tenant.ProcessText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern JSON = Pattern.compile("(?is).*\\.jsonc?");

  /** A short option with its value in one word. */
  private static final Pattern STUCK = Pattern.compile("(?s)(-p)(\\d+)|(-c)([^=].*)");

  /** Those of {@code psql}. */
  private static final Set<String> STATEMENTS = Set.of("-c", "--command");

  private final List<String> words;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Task task = Task.SERVE;
  private Optional<Path> script = Optional.empty();
  private Optional<String> statements = Optional.empty();

  /** Files and folders that stand without an option. */
  private final List<String> served = new ArrayList<>();

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
    serve();
    if (settings.containsKey(Arguments.API_KEY)) {
      // Whoever starts it like this wants to call tools with the key alone.
      settings.put("toolgate.identity.require-user", "${REQUIRE_USER:false}");
    }
    if (settings.containsKey(COMMAND)
        && (settings.containsKey(CONFIG) || settings.containsKey(FOLDER))) {
      throw new IllegalArgumentException(
          "a command replaces --config and --tenants; give one of them");
    }
    return new Arguments(task, script, statements, Map.copyOf(settings));
  }

  private static void checkReadable(String word) {
    if (ProcessText.isUnreadable(word)) {
      throw new IllegalArgumentException("\"" + word + "\" " + ProcessText.unreadable());
    }
  }

  private void word(String word) {
    Matcher stuck = STUCK.matcher(word);
    if (!stuck.matches()) {
      separate(word);
    } else if (stuck.group(1) != null) {
      set(stuck.group(1), stuck.group(2));
    } else if (task == Task.SQL) {
      statements(stuck.group(4));
    } else {
      set(stuck.group(3), stuck.group(4));
    }
  }

  private void set(String given, String text) {
    String option = ALSO.getOrDefault(given, given);
    if (task == Task.SQL && STATEMENTS.contains(given)) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException(given + " needs a value");
      }
      statements(text);
    } else {
      settings.put(OPTIONS.get(option), value(given, option, text));
    }
  }

  private void separate(String word) {
    int equals = word.indexOf('=');
    String given = equals < 0 ? word : word.substring(0, equals);
    String option = ALSO.getOrDefault(given, given);
    if (word.equals("--")) {
      command(rest());
    } else if (OPTIONS.containsKey(option) || (task == Task.SQL && STATEMENTS.contains(given))) {
      if (equals < 0 && next == words.size()) {
        throw new IllegalArgumentException(given + " needs a value");
      }
      set(given, equals < 0 ? words.get(next++) : word.substring(equals + 1));
    } else if (TASKS.containsKey(word)) {
      task = TASKS.get(word);
    } else if (word.startsWith("-")) {
      throw UnknownWord.option(word, OPTIONS.keySet());
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
    if (task == Task.SQL) {
      sql(word);
    } else if (task == Task.DUMP) {
      throw new IllegalArgumentException(
          "dump writes to standard output; write: ./toolgate dump > " + word);
    } else if (asked.isPresent()) {
      task = asked.get();
    } else if (isFolder(word) || JSON.matcher(word).matches()) {
      served.add(word);
    } else if (Launcher.is(word)) {
      List<String> command = new ArrayList<>(List.of(word));
      command.addAll(rest());
      command(command);
    } else if (exists(word)) {
      served.add(word);
    } else {
      throw UnknownWord.plain(word);
    }
  }

  /** A file of statements, or some themselves: those hold a blank. */
  private void sql(String word) {
    if (exists(word) || !word.matches("(?s).*\\s.*")) {
      String wrong = isFolder(word) ? " is a folder" : exists(word) ? "" : " does not exist";
      if (!wrong.isEmpty()) {
        throw new IllegalArgumentException(word + wrong);
      }
      checkFirst(word);
      script = Optional.of(absolute(word));
    } else {
      statements(word);
    }
  }

  private void statements(String text) {
    checkFirst(text);
    statements = Optional.of(text);
  }

  private void checkFirst(String word) {
    if (script.isPresent() || statements.isPresent()) {
      throw new IllegalArgumentException(
          "sql runs one file or one text of statements; give it once, without \"" + word + "\"");
    }
  }

  private static boolean exists(String word) {
    return !word.isEmpty() && Files.exists(absolute(word));
  }

  private static boolean isFolder(String word) {
    return !word.isEmpty() && Files.isDirectory(absolute(word));
  }

  private void serve() {
    if (served.isEmpty()) {
      return;
    }
    if (served.size() > 1 || settings.containsKey(CONFIG) || settings.containsKey(FOLDER)) {
      throw new IllegalArgumentException(
          String.join(" ", served)
              + " is not all that is to be served; give one file or one folder");
    }
    String word = served.get(0);
    settings.put(isFolder(word) ? FOLDER : CONFIG, absolute(word).toString());
  }

  private void command(List<String> command) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "-- needs a command, for example: -- npx -y @modelcontextprotocol/server-memory");
    }
    settings.put(COMMAND, CommandWords.encode(command));
  }
}
