package io.toolgate.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of the headers that say who a user is. Open WebUI lets its operator rename its own; those
 * of a gateway are fixed.
 *
 * @param groups where groups are forwarded, if anywhere
 */
record HeaderNames(
    String email, String id, String name, String role, String signed, Optional<String> groups) {

  static final String AUTHORIZATION = "Authorization";
  static final String API_KEY = "X-API-Key";
  static final String GATEWAY_SECRET = "X-Gateway-Secret";
  static final String GATEWAY_EMAIL = "X-User-Email";
  static final String GATEWAY_GROUPS = "X-User-Groups";
  static final String GATEWAY_ADMIN = "X-User-Admin";
  static final String GATEWAY_NAME = "X-User-Name";
  static final String GATEWAY_ID = "X-User-OID";
  static final String GATEWAY_TENANT = "X-Tenant-ID";

  /** Believed by the predecessor from anybody; read only to be counted. */
  static final List<String> NEVER_BELIEVED = List.of("X-Auth-Source", "X-Entra-Groups");

  private static final List<String> FIXED =
      List.of(
          AUTHORIZATION,
          API_KEY,
          GATEWAY_SECRET,
          GATEWAY_EMAIL,
          GATEWAY_GROUPS,
          GATEWAY_ADMIN,
          GATEWAY_NAME,
          GATEWAY_ID,
          GATEWAY_TENANT);

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Whether a header is read to learn who calls, believed or not. */
  boolean has(String header) {
    return Stream.of(
            FIXED.stream(),
            NEVER_BELIEVED.stream(),
            Stream.of(email, id, name, role, signed),
            groups.stream())
        .flatMap(all -> all)
        .anyMatch(header::equalsIgnoreCase);
  }

  /** The name of the first header that cannot be used: no valid name, or one that is taken. */
  Optional<String> unusable() {
    Set<String> taken = new HashSet<>();
    FIXED.forEach(fixed -> taken.add(fixed.toLowerCase(Locale.ROOT)));
    return Stream.concat(Stream.of(email, id, name, role, signed), groups.stream())
        .filter(
            header ->
                !TOKEN.matcher(header).matches() || !taken.add(header.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
