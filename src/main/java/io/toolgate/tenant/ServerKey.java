package io.toolgate.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of a server in a tenant file, each with all its spellings in use by MCP programs; one
 * with a slash is a key within an object.
 */
enum ServerKey {
  COMMAND("command"),
  ARGS("args"),
  ENV("env"),
  ENV_FILE("envFile"),
  CWD("cwd"),
  TYPE("type", "transport", "transportType"),
  URL("url", "serverUrl", "httpUrl"),
  HEADERS("headers", "requestInit/headers"),
  ENABLED_TOOLS("enabledTools", "enabled_tools", "includeTools"),
  DISABLED_TOOLS("disabledTools", "disabled_tools", "excludeTools"),
  DISPLAY_NAME("displayName"),
  DESCRIPTION("description"),
  TIER("tier"),
  DISABLED("disabled"),
  ENABLED("enabled", "isActive"),
  DEMO("demo"),
  REQUIRES("requires"),
  TIMEOUT("timeout"),
  DEADLINE("deadline"),
  STARTUP_TIMEOUT("startupTimeout"),
  SESSION("session"),
  START("start"),
  IDLE_TIMEOUT("idleTimeout"),
  MAX_SESSIONS("maxSessions"),
  MAX_SESSIONS_PER_USER("maxSessionsPerUser"),
  MAX_CONCURRENCY("maxConcurrency"),
  MAX_QUEUE("maxQueue"),
  LIMITS("limits"),
  FORWARD_HEADERS("forwardHeaders"),
  INSTRUCTIONS("instructions"),
  OAUTH("oauth"),
  CLIENT_HEADER_FORWARDING("client_header_forwarding");

  private final List<String> spellings;

  ServerKey(String... spellings) {
    this.spellings = List.of(spellings);
  }

  /** The first is the one to recommend. */
  List<String> spellings() {
    return spellings;
  }

  String spelling() {
    return spellings.get(0);
  }

  /** The spelling by which a server gives it; {@code null} gives nothing. */
  Optional<String> spellingIn(ObjectNode server) {
    return spellingsIn(server).stream().findFirst();
  }

  /** All spellings by which a server gives it. */
  List<String> spellingsIn(ObjectNode server) {
    return spellings.stream().filter(spelling -> !isAbsent(at(server, spelling))).toList();
  }

  /** What a server gives for it. */
  Optional<JsonNode> in(ObjectNode server) {
    return spellingIn(server).map(spelling -> at(server, spelling));
  }

  /** Where a server has it that spells it so. */
  static Place place(Place server, String spelling) {
    Place place = server;
    for (String key : spelling.split("/")) {
      place = place.child(key);
    }
    return place;
  }

  private static JsonNode at(ObjectNode server, String spelling) {
    return server.at("/" + spelling);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** The key of the server in which a spelling stands, or which it is. */
  static String outer(String spelling) {
    return spelling.replaceFirst("/.*", "");
  }

  /** All keys of a server that mean something. */
  static Set<String> allKeys() {
    return Arrays.stream(values())
        .flatMap(key -> key.spellings.stream())
        .map(ServerKey::outer)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The spellings that are a key within an object, by the name of that object. */
  static Map<String, Set<String>> nested() {
    return Arrays.stream(values())
        .flatMap(key -> key.spellings.stream())
        .filter(spelling -> spelling.contains("/"))
        .collect(
            Collectors.groupingBy(
                ServerKey::outer,
                Collectors.mapping(
                    spelling -> spelling.replaceFirst(".*/", ""), Collectors.toSet())));
  }
}
