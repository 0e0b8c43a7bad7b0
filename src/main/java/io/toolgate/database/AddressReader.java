package io.toolgate.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the address of a database in libpq's form ({@code
 * postgresql://user:password@host/database}, PostgreSQL manual, 34.1.1.2) or JDBC's ({@code
 * jdbc:postgresql://host/database?user=...}).
 *
 * <p>By hand, because a URI's grammar stumbles over passwords as they occur; the last {@code @}
 * ends them. Invariant: what it complains about never contains a part of the text.
 */
final class AddressReader {
  /** Parameters that have the same meaning for each of the clients. */
  static final Set<String> KEPT =
      Set.of(
          DatabaseAddress.NAME,
          DatabaseAddress.OPTIONS,
          DatabaseAddress.SSL_MODE,
          DatabaseAddress.SSL_ROOT);

  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** Leaving one of these out would make a connection less safe than asked for. */
  private static final Pattern SAFETY =
      Pattern.compile("ssl.*|gss.*|channel_?binding|require_auth");

  private static final Pattern FORM =
      Pattern.compile("(jdbc:)?(?:postgresql|postgres)://([^/?]*)(?:/([^?]*))?(?:\\?(.*))?");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]*)(?::(.*))?");
  private static final String ENCODING =
      " Special characters in user and password are written percent-encoded: / as %2F, ? as %3F, @ as %40, % as %25.";

  private final String source;

  /**
   * @param source the name of the setting, for complaints
   */
  AddressReader(String source) {
    this.source = source;
  }

  /**
   * @throws ConfigurationException with a sentence that names what is wrong and not the value
   */
  DatabaseAddress read(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong("must begin with postgresql://, postgres:// or jdbc:postgresql://.");
    }
    Map<String, String> parameters = parameters(form.group(4), form.group(1) != null);
    String authority = form.group(2);
    int at = authority.lastIndexOf('@');
    String credentials = at < 0 ? "" : authority.substring(0, at);
    int colon = credentials.indexOf(':');
    String user = decode(colon < 0 ? credentials : credentials.substring(0, colon));
    String password = colon < 0 ? "" : decode(credentials.substring(colon + 1));
    user = parameters.getOrDefault("user", user);
    password = parameters.getOrDefault("password", password);
    String path = form.group(3) == null ? "" : form.group(3);
    if (path.contains("/") || path.contains("@")) {
      throw wrong("has more than the name of a database after the host." + ENCODING);
    }
    String database = path.isEmpty() ? user : decode(path);
    parameters.keySet().retainAll(KEPT);
    return at(authority.substring(at + 1), database, user, password, parameters);
  }

  private DatabaseAddress at(
      String place, String database, String user, String password, Map<String, String> parameters) {
    if (place.contains(",")) {
      throw wrong("names several hosts; Toolgate takes one.");
    }
    Matcher host = HOST.matcher(place);
    if (!host.matches()) {
      throw wrong("has no host that can be read." + ENCODING);
    }
    String name = decode(host.group(1).replaceAll("^\\[|]$", ""));
    if (name.isEmpty() || name.startsWith("/")) {
      throw wrong("names no host; Toolgate connects over TCP, not by a Unix socket.");
    }
    int port = port(host.group(2));
    if (user.isEmpty()) {
      throw wrong("names no user.");
    }
    return new DatabaseAddress(name, port, database, user, password, parameters);
  }

  private int port(String text) {
    if (text == null || text.isEmpty()) {
      return 5432;
    }
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
      throw wrong("has no number from 1 to 65535 as port." + ENCODING);
    }
    return Integer.parseInt(text);
  }

  private Map<String, String> parameters(String query, boolean jdbc) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : (query == null ? "" : query).split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String value = part.substring(equals + 1);
        parameters.put(part.substring(0, equals), decode(jdbc ? value.replace("+", "%20") : value));
      }
    }
    if (parameters.containsKey("ApplicationName")) {
      parameters.put(DatabaseAddress.NAME, parameters.get("ApplicationName"));
    }
    if (parameters.containsKey("host")) {
      throw wrong("names the host as a parameter; write it before the database.");
    }
    String mode = parameters.get(DatabaseAddress.SSL_MODE);
    if (mode != null && !SSL_MODES.contains(mode)) {
      throw wrong("has an unknown sslmode; there are " + String.join(", ", SSL_MODES) + ".");
    }
    if (mode != null
        && mode.startsWith("verify")
        && !parameters.containsKey(DatabaseAddress.SSL_ROOT)) {
      throw wrong("verifies the server's certificate, which needs sslrootcert=FILE too.");
    }
    for (String name : parameters.keySet()) {
      if (!KEPT.contains(name) && SAFETY.matcher(name).matches()) {
        throw wrong(
            "has the parameter "
                + name
                + ", which Toolgate does not know; sslmode and sslrootcert are what it knows of security.");
      }
    }
    return parameters;
  }

  private String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong("has a % that two hexadecimal digits do not follow." + ENCODING);
    }
  }

  private ConfigurationException wrong(String what) {
    return new ConfigurationException(source + " " + what);
  }
}
