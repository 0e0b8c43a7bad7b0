package io.toolgate.tenant;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names a server may have. A name is the first segment of the server's URLs and the start of
 * its operation ids, so it needs no escaping and is none of Toolgate's own paths.
 */
public final class ServerNames {
  private static final int LONGEST = 63;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Set<String> RESERVED =
      Set.of(
          "admin",
          "meta",
          "health",
          "servers",
          "refresh",
          "tenants",
          "tools",
          "debug",
          "openapi.json",
          "openapi.yaml",
          "docs",
          "favicon.ico",
          "redoc",
          "portal",
          "groups",
          "mcp",
          "sse",
          "messages",
          "ping",
          "status",
          "oauth",
          "metrics",
          "api",
          "q",
          "system",
          "containers",
          "templates",
          ".well-known",
          "webjars",
          "schemas");

  private ServerNames() {}

  static boolean valid(String name) {
    return NAME.matcher(name).matches() && !reserved(name);
  }

  /** What is wrong with a name, and one that would do. */
  static Optional<String> mistake(String name) {
    return valid(name)
        ? Optional.empty()
        : Optional.of(reason(name) + "; write for example " + Quote.quote(cleaned(name)));
  }

  /** The name itself if it is valid, else the nearest that is. */
  static String served(String name) {
    return valid(name) ? name : cleaned(name);
  }

  /** What is wrong with a name that is not valid. */
  static String reason(String name) {
    return Quote.quote(name)
        + (reserved(name)
            ? " is reserved for Toolgate's own pages"
            : " is no server name (a letter or digit, then at most 62 letters, digits, \"-\","
                + " \"_\" or \".\")");
  }

  /** The nearest valid name. */
  static String cleaned(String name) {
    String cleaned =
        name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    cleaned = cleaned.substring(0, Math.min(cleaned.length(), LONGEST));
    if (reserved(cleaned)) {
      cleaned += "-server";
    }
    return cleaned.isEmpty() ? "server" : cleaned;
  }

  /** Whether it is the first segment of paths of our own, and so never a server's. */
  public static boolean reserved(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT));
  }
}
