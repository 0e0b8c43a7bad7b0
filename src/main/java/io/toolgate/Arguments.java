package io.toolgate;

import io.toolgate.tenant.CommandWords;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param help whether the help was asked for
 * @param version whether the version was asked for
 * @param databaseUrl whether the database's address was asked for
 * @param settings configuration properties that the other words stand for; they win over the
 *     environment
 */
record Arguments(boolean help, boolean version, boolean databaseUrl, Map<String, String> settings) {
  static final String API_KEY = "toolgate.identity.api-key";
  private static final Map<String, String> OPTIONS =
      Map.of(
          "--port", "quarkus.http.port",
          "--host", "quarkus.http.host",
          "--config", "toolgate.tenant.config",
          "--tenants", "toolgate.tenant.folder",
          "--data", "toolgate.data",
          "--api-key", API_KEY);

  /**
   * Reads {@code --option value}, {@code --option=value}, and after {@code --} a command to serve.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(String... words) {
    Map<String, String> settings = new LinkedHashMap<>();
    boolean help = false;
    boolean version = false;
    boolean databaseUrl = false;
    int i = 0;
    while (i < words.length) {
      String word = words[i++];
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      if (word.equals("--help") || word.equals("-h")) {
        help = true;
      } else if (word.equals("--version")) {
        version = true;
      } else if (word.equals("db-url")) {
        databaseUrl = true;
      } else if (word.equals("--")) {
        command(Arrays.asList(words).subList(i, words.length), settings);
        i = words.length;
      } else if (OPTIONS.containsKey(option)) {
        if (equals < 0 && i == words.length) {
          throw new IllegalArgumentException(option + " needs a value");
        }
        settings.put(
            OPTIONS.get(option),
            value(option, equals < 0 ? words[i++] : word.substring(equals + 1)));
      } else {
        throw new IllegalArgumentException("unknown option " + word);
      }
    }
    if (settings.containsKey(API_KEY)) {
      // Whoever starts it like this wants to call tools with the key alone.
      settings.put("toolgate.identity.require-user", "${REQUIRE_USER:false}");
    }
    if (settings.containsKey("toolgate.tenant.command")
        && (settings.containsKey("toolgate.tenant.config")
            || settings.containsKey("toolgate.tenant.folder"))) {
      throw new IllegalArgumentException(
          "a command after -- replaces --config and --tenants; give one of them");
    }
    return new Arguments(help, version, databaseUrl, Map.copyOf(settings));
  }

  private static String value(String option, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    if (option.equals("--port") && !isPort(text)) {
      throw new IllegalArgumentException("--port takes a number from 0 to 65535, not " + text);
    }
    if (option.equals("--api-key") && text.matches(".*\\$[${].*")) {
      throw new IllegalArgumentException(
          "--api-key takes no key with $$ or ${; choose another, or name a file in MCP_API_KEY_FILE");
    }
    boolean path =
        option.equals("--config") || option.equals("--tenants") || option.equals("--data");
    return path ? Path.of(text).toAbsolutePath().normalize().toString() : text;
  }

  static boolean isPort(String text) {
    return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535;
  }

  private static void command(List<String> words, Map<String, String> settings) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "-- needs a command, for example: -- npx -y @modelcontextprotocol/server-memory");
    }
    settings.put("toolgate.tenant.command", CommandWords.encode(words));
  }
}
