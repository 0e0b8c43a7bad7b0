package io.toolgate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks at the plain settings before anything is started, so that a mistake in one is told by its
 * own name and in a sentence, and an address that is taken before twenty servers have been started
 * for nothing.
 */
final class Preflight {
  private static final Pattern TIME = Pattern.compile("\\d+(ms|s|m|h)?|[pP].*");
  private static final Pattern SWITCH = Pattern.compile("(?i)true|false");
  private static final Pattern ORIGINS = Pattern.compile("(https?://[^/,\\s]+(,|$))*");

  private final Map<String, String> environment;
  private final List<String> mistakes = new ArrayList<>();

  private Preflight(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * All that is wrong, one sentence each.
   *
   * @param settings what the command line says; it wins over the environment
   */
  static List<String> mistakes(Map<String, String> environment, Map<String, String> settings) {
    Preflight preflight = new Preflight(environment);
    preflight.check("CALL_TIMEOUT", TIME, "takes a time such as 500ms, 60s or 2m");
    preflight.check("STARTUP_TIMEOUT", TIME, "takes a time such as 500ms, 60s or 2m");
    preflight.check("ALLOW_ANONYMOUS", SWITCH, "takes true or false");
    preflight.check("MCPO_OPERATION_IDS", SWITCH, "takes true or false");
    preflight.check(
        "CORS_ALLOW_ORIGINS",
        ORIGINS,
        "takes origins such as https://chat.example.org, without a path, separated by commas");
    String port =
        settings.getOrDefault("quarkus.http.port", environment.getOrDefault("PORT", "8000"));
    String host =
        settings.getOrDefault("quarkus.http.host", environment.getOrDefault("HOST", "127.0.0.1"));
    if (Arguments.isPort(port)) {
      preflight.listen(host, Integer.parseInt(port));
    } else {
      preflight.mistakes.add("PORT takes a number from 0 to 65535, not " + port + ".");
    }
    return List.copyOf(preflight.mistakes);
  }

  private void check(String name, Pattern form, String takes) {
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty() && !form.matcher(value).matches()) {
      mistakes.add(name + " " + takes + ", not " + value + ".");
    }
  }

  private void listen(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      mistakes.add("HOST is " + host + ", which is no address of this machine.");
    } catch (IOException e) {
      mistakes.add(
          "Port "
              + port
              + " on "
              + host
              + " is in use or not allowed. Choose another with --port or PORT.");
    }
  }
}
