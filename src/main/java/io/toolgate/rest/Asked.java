package io.toolgate.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * What a request asks for, as far as that decides whether it can be answered without proof.
 *
 * <p>Invariant: judged by the normalised path, which is what routes are matched by, and as a whole
 * but for a slash at its end; whatever is not surely one of the others is {@link #OTHER}.
 */
enum Asked {
  /** The state of Toolgate. */
  PROBE("/health|/q/health(/live|/ready|/started|/well)?"),
  /** The page to browse and what it loads, the same for everybody. */
  PAGE(
      "/|/favicon\\.ico|/docs|/[^/]+/docs|/webjars/(swagger-ui|toolgate)(/[A-Za-z0-9._-]+)+|/schemas/[a-z-]+\\.schema\\.json"),
  /** An OpenAPI document. */
  DOCUMENT("/openapi\\.(json|yaml)|/[^/]+/openapi\\.json"),
  /** A listing, or what Open WebUI's browser client asks for after the document. */
  LISTING("/(?!metrics$)[^/]+|/api/config"),
  /** Calls, and everything that is nowhere open. */
  OTHER("(?!)");

  private final Pattern paths;

  Asked(String paths) {
    this.paths = Pattern.compile(paths);
  }

  static Asked of(RoutingContext exchange) {
    HttpMethod method = exchange.request().method();
    try {
      return method == HttpMethod.GET || method == HttpMethod.HEAD
          ? of(exchange.normalizedPath())
          : OTHER;
    } catch (IllegalArgumentException e) {
      return OTHER; // not even a path
    }
  }

  /** Without the slash at the end that routes do not mind. */
  static String plain(String normalizedPath) {
    return normalizedPath.length() > 1 && normalizedPath.endsWith("/")
        ? normalizedPath.substring(0, normalizedPath.length() - 1)
        : normalizedPath;
  }

  static Asked of(String normalizedPath) {
    String path = plain(normalizedPath);
    for (Asked asked : values()) {
      if (asked.paths.matcher(path).matches()) {
        return asked;
      }
    }
    return OTHER;
  }
}
