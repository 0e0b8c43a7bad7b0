package io.toolgate;

import io.toolgate.identity.Loopback;
import io.toolgate.tenant.ProcessText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Looks at the plain settings before anything is started, so that a mistake in one is told by its
 * own name and in a sentence, and an address that is taken before twenty servers have been started
 * for nothing.
 */
final class Preflight {
  private static final Pattern TIME = Pattern.compile("\\d{1,9}(ms|s|m|h)?|(?i)PT(\\d{1,9}[HMS])+");

  /** An hour and more without a unit. */
  private static final Pattern LONG_TIME =
      Pattern.compile("0*(?:3[6-9]\\d\\d|[4-9]\\d{3}|[1-9]\\d{4,8})");

  private static final Pattern SWITCH = Pattern.compile("(?i)true|false");
  private static final Pattern RATE = Pattern.compile("[1-9]\\d{0,5}");
  private static final Pattern GROUPS_FROM = Pattern.compile("(?i)database|proof|both");
  private static final Pattern EMAILS =
      Pattern.compile("\\s*[^\\s,@]+@[^\\s,@]+\\s*(,\\s*([^\\s,@]+@[^\\s,@]+)?\\s*)*");
  private static final Pattern HOSTS =
      Pattern.compile(
          "(\\s*([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?\\s*(,|$)|\\s*[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*\\s*(,|$))*");
  private static final Pattern ORIGINS = Pattern.compile("(https?://[^/,\\s]+(,|$))*");

  private static final List<String> SWITCHES =
      List.of(
          "ALLOW_ANONYMOUS",
          "REQUIRE_USER",
          "REQUIRE_AUTH_FOR_LISTING",
          "OPENAPI_PUBLIC",
          "API_GATEWAY_MODE",
          "MCPO_OPERATION_IDS",
          "RATE_LIMIT_ENABLED");

  /** Each of them alone lets callers from elsewhere in; see identity.IdentitySettings. */
  private static final List<String> PROOFS =
      List.of(
          "MCP_API_KEY",
          "MCP_API_KEY_FILE",
          "MCP_API_KEYS",
          "MCP_API_KEYS_FILE",
          "FORWARD_USER_INFO_HEADER_JWT_SECRET",
          "FORWARD_USER_INFO_HEADER_JWT_SECRET_FILE",
          "WEBUI_SECRET_KEY",
          "WEBUI_SECRET_KEY_FILE",
          "JWT_JWKS_URL");

  /** Names of files and folders. */
  private static final Pattern PATHS =
      Pattern.compile("TENANTS_DIR|DATA_DIR|SEED_DIR|[A-Z_]+_FILE");

  private static final List<String> TIMES =
      List.of(
          "GRANTS_MAX_STALE",
          "CALL_TIMEOUT",
          "CALL_DEADLINE",
          "STARTUP_TIMEOUT",
          "START_WAIT",
          "RESTART_WAIT",
          "KEEP_ALIVE",
          "DRAIN_TIME",
          "STOP_NOTICE");

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
    TIMES.forEach(name -> preflight.check(name, TIME, "takes a time such as 500ms, 60s or 2m"));
    SWITCHES.forEach(name -> preflight.check(name, SWITCH, "takes true or false"));
    preflight.check("RATE_LIMIT_PER_USER", RATE, "takes requests a minute, from 1 to 999999");
    preflight.check("RATE_LIMIT_PER_ADDRESS", RATE, "takes requests a minute, from 1 to 999999");
    preflight.check("GROUPS_FROM", GROUPS_FROM, "takes database, proof or both");
    preflight.check("ADMIN_EMAILS", EMAILS, "takes e-mail addresses, separated by commas");
    preflight.check(
        "ENDPOINT_HOSTS",
        HOSTS,
        "takes hosts such as mcp.internal or localhost:9000, separated by commas");
    preflight.check(
        "CORS_ALLOW_ORIGINS",
        ORIGINS,
        "takes origins such as https://chat.example.org, without a path, separated by commas");
    String seeds = setting(environment, "SEED_DIR", "");
    if (!seeds.isEmpty() && !Files.isDirectory(Path.of(seeds))) {
      preflight.mistakes.add("SEED_DIR is " + seeds + ", which is no folder.");
    }
    String port = settings.getOrDefault("quarkus.http.port", setting(environment, "PORT", "8000"));
    String host =
        settings.getOrDefault("quarkus.http.host", setting(environment, "HOST", "127.0.0.1"));
    if (!Arguments.isPort(port)) {
      preflight.mistakes.add("PORT takes a number from 0 to 65535, not " + port + ".");
    } else if (Loopback.isLoopback(host) || preflight.answersOthers(settings)) {
      preflight.take(host, Integer.parseInt(port)); // others are refused for a better reason
    }
    return List.copyOf(preflight.mistakes);
  }

  /**
   * Names of files and folders that were lost on their way in, one sentence each: nothing else can
   * be looked at then.
   *
   * @param home where Toolgate is
   */
  static List<String> unreadable(Map<String, String> environment, String home) {
    Map<String, String> paths = new TreeMap<>(environment);
    paths.keySet().removeIf(name -> !PATHS.matcher(name).matches());
    paths.put("Toolgate's folder", home);
    return paths.entrySet().stream()
        .filter(path -> ProcessText.isUnreadable(path.getValue()))
        .map(
            path ->
                path.getKey()
                    + " is "
                    + path.getValue()
                    + ", which "
                    + ProcessText.unreadable()
                    + ".")
        .toList();
  }

  /** What is probably meant otherwise, one sentence each: times in milliseconds without a unit. */
  static List<String> hints(Map<String, String> environment) {
    return TIMES.stream()
        .filter(name -> LONG_TIME.matcher(environment.getOrDefault(name, "")).matches())
        .map(
            name ->
                "%s counts seconds; write %sms if %2$s milliseconds are meant."
                    .formatted(name, environment.get(name)))
        .toList();
  }

  /** An empty variable counts as unset. */
  private static String setting(Map<String, String> environment, String name, String standard) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? standard : value;
  }

  /** Whether there is a proof of callers, right or wrong, or none is wanted. */
  private boolean answersOthers(Map<String, String> settings) {
    return settings.containsKey(Arguments.API_KEY)
        || Loopback.isLoopback(setting(environment, "PUBLISHED_ON", ""))
        || says("ALLOW_ANONYMOUS", "true")
        || says("API_GATEWAY_MODE", "true")
        || PROOFS.stream().anyMatch(name -> !setting(environment, name, "").isEmpty());
  }

  private boolean says(String name, String value) {
    return value.equalsIgnoreCase(environment.get(name));
  }

  private void check(String name, Pattern form, String takes) {
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty() && !form.matcher(value).matches()) {
      mistakes.add(name + " " + takes + ", not " + value + ".");
    }
  }

  /**
   * Only taken, not listened on: whoever connected meanwhile would be cut off, and find a port that
   * was open closed again.
   */
  private void take(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(
          true); // as a server does, which connections of the one before do not keep out
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
