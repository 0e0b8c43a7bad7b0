package io.toolgate.openwebui;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a browser checks before it sends a request to another origin, and before it lets the page
 * read the answer (WHATWG Fetch, "CORS protocol"; requests without credentials).
 */
final class Cors {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "POST");
  private static final Set<String> SAFE_REQUEST_HEADERS =
      Set.of("accept", "accept-language", "content-language");
  private static final Set<String> SAFE_CONTENT_TYPES =
      Set.of("text/plain", "multipart/form-data", "application/x-www-form-urlencoded");
  private static final Set<String> SAFE_ANSWER_HEADERS =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  private final String origin;

  Cors(String origin) {
    this.origin = origin;
  }

  /** The names, in lower case, that the server must allow. */
  static Set<String> unsafe(Map<String, String> headers) {
    Set<String> names = new TreeSet<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          boolean plainBody =
              lower.equals("content-type")
                  && SAFE_CONTENT_TYPES.contains(value.split(";", 2)[0].trim());
          if (!SAFE_REQUEST_HEADERS.contains(lower) && !plainBody) {
            names.add(lower);
          }
        });
    return names;
  }

  static boolean needsPreflight(String method, Set<String> unsafe) {
    return !unsafe.isEmpty() || !SAFE_METHODS.contains(method);
  }

  void checkPreflight(Reply reply, String method, Set<String> unsafe) throws Unreadable {
    checkOrigin(reply);
    if (reply.status() < 200 || reply.status() > 299) {
      throw new Unreadable("the preflight was answered with status " + reply.status());
    }
    Set<String> methods = names(reply, "access-control-allow-methods");
    if (!SAFE_METHODS.contains(method)
        && !methods.contains("*")
        && !methods.contains(method.toLowerCase(Locale.ROOT))) {
      throw new Unreadable("the preflight does not allow the method " + method);
    }
    Set<String> allowed = names(reply, "access-control-allow-headers");
    for (String name : unsafe) {
      boolean wildcard = allowed.contains("*") && !name.equals("authorization");
      if (!allowed.contains(name) && !wildcard) {
        throw new Unreadable("the preflight does not allow the header " + name);
      }
    }
  }

  void checkOrigin(Reply reply) throws Unreadable {
    List<String> values = reply.headers().allValues("access-control-allow-origin");
    if (values.size() != 1 || !(values.get(0).equals("*") || values.get(0).equals(origin))) {
      throw new Unreadable("Access-Control-Allow-Origin is " + values + " for " + origin);
    }
  }

  /** The answer with only those headers that a page may see. */
  static Reply visible(Reply reply) {
    Set<String> exposed = names(reply, "access-control-expose-headers");
    HttpHeaders headers =
        HttpHeaders.of(
            reply.headers().map(),
            (name, value) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              return SAFE_ANSWER_HEADERS.contains(lower)
                  || exposed.contains(lower)
                  || exposed.contains("*");
            });
    return new Reply(reply.status(), headers, reply.body());
  }

  /** The comma-separated names of a header, in lower case. */
  static Set<String> names(Reply reply, String header) {
    return reply.headers().allValues(header).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(name -> name.trim().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
