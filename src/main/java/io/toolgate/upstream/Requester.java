package io.toolgate.upstream;

import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.Told;
import io.toolgate.tenant.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * For whom a call is, as far as that decides which session it takes and what its server is told.
 * Whoever makes one answers for its being proven.
 *
 * @param credentials of the caller's group for this server, in place of everybody's
 * @param headers of the request by lower-case name, for servers to which some are handed on
 * @param diagnosing whether the caller may know why a server is down; others are told of which kind
 *     the reason is
 */
public record Requester(
    Told told,
    Optional<GroupCredentials> credentials,
    Function<String, Optional<String>> headers,
    boolean diagnosing) {
  /** Somebody of whom nothing is known. */
  public static final Requester NOBODY =
      new Requester(Told.NOBODY, Optional.empty(), name -> Optional.empty(), false);

  /**
   * What a call has beside what every message of its session has.
   *
   * @param transport of the session it takes, not of another: there may be credentials in it
   */
  Map<String, String> headersFor(Transport transport) {
    if (!(transport instanceof Transport.Remote remote)
        || !remote.personal() && remote.forwarded().isEmpty()) {
      return Map.of();
    }
    Map<String, String> own = new HashMap<>();
    remote
        .forwarded()
        .forEach(name -> headers.apply(name).ifPresent(value -> own.put(name, value)));
    if (remote.personal()) {
      own.putAll(remote.headers(told));
    }
    return own;
  }
}
