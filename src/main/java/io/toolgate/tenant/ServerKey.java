package io.toolgate.tenant;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of a server in a tenant file, each with all its spellings in use by MCP programs. */
enum ServerKey {
  COMMAND("command"),
  ARGS("args"),
  ENV("env"),
  CWD("cwd"),
  TYPE("type", "transport", "transportType"),
  URL("url", "serverUrl", "httpUrl"),
  HEADERS("headers"),
  ENABLED_TOOLS("enabledTools", "enabled_tools"),
  DISABLED_TOOLS("disabledTools", "disabled_tools"),
  DISPLAY_NAME("displayName"),
  DESCRIPTION("description"),
  TIER("tier"),
  DISABLED("disabled"),
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

  static Set<String> allSpellings() {
    return Arrays.stream(values())
        .flatMap(key -> key.spellings.stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
