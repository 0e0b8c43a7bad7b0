package io.toolgate.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of the headers that say who a user is. Open WebUI lets its operator rename its own, and an
 * authenticator behind a gateway has names that not every gateway can change.
 *
 * @param groups where groups are forwarded, if anywhere
 */
record HeaderNames(
    String email,
    String id,
    String name,
    String role,
    String signed,
    Optional<String> groups,
    Gateway gateway) {

  /** Those of a gateway. */
  record Gateway(String email, String groups, String name, String id) {
    Stream<String> all() {
      return Stream.of(email, groups, name, id);
    }
  }

  static final String AUTHORIZATION = "Authorization";
  static final String API_KEY = "X-API-Key";
  static final String GATEWAY_SECRET = "X-Gateway-Secret";
  static final String GATEWAY_ADMIN = "X-User-Admin";
  static final String GATEWAY_TENANT = "X-Tenant-ID";

  /** Believed by the predecessor from anybody; read only to be counted. */
  static final List<String> NEVER_BELIEVED = List.of("X-Auth-Source", "X-Entra-Groups");

  private static final List<String> FIXED =
      List.of(AUTHORIZATION, API_KEY, GATEWAY_SECRET, GATEWAY_ADMIN, GATEWAY_TENANT);

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What an operator can name. */
  private Stream<String> named() {
    return Stream.of(Stream.of(email, id, name, role, signed), gateway.all(), groups.stream())
        .flatMap(all -> all);
  }

  /** Whether a header is read to learn who calls, believed or not. */
  boolean has(String header) {
    return Stream.of(FIXED.stream(), NEVER_BELIEVED.stream(), named())
        .flatMap(all -> all)
        .anyMatch(header::equalsIgnoreCase);
  }

  /** The name of the first header that cannot be used: no valid name, or one that is taken. */
  Optional<String> unusable() {
    Set<String> taken = new HashSet<>();
    FIXED.forEach(fixed -> taken.add(fixed.toLowerCase(Locale.ROOT)));
    return named()
        .filter(
            header ->
                !TOKEN.matcher(header).matches() || !taken.add(header.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
