package io.toolgate.upstream;

import io.toolgate.tenant.HttpUrl;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where requests to a remote server go.
 *
 * @param host IPv6 without brackets
 * @param target path and query, as they stand in a request
 */
record RemoteAddress(boolean secure, String host, int port, String target) {

  static RemoteAddress of(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RemoteAddress(
        "https".equalsIgnoreCase(url.getScheme()),
        HttpUrl.host(url).orElseThrow().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", ""),
        HttpUrl.port(url),
        url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
  }

  /**
   * Where a server points to, in a redirect or in the first event of its stream.
   *
   * @return empty if it is no address of HTTP
   */
  Optional<RemoteAddress> resolve(String reference) {
    try {
      URI url = URI.create(origin() + target).resolve(reference.strip());
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      return (http || "https".equalsIgnoreCase(url.getScheme())) && HttpUrl.host(url).isPresent()
          ? Optional.of(of(url))
          : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether what may be sent there may be sent to the other, too: credentials, for example. */
  boolean hasOriginOf(RemoteAddress other) {
    return secure == other.secure && port == other.port && host.equals(other.host);
  }

  /** What stands in the header {@code Host}. */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  /** Without the path, which may hold a secret. */
  String origin() {
    return (secure ? "https://" : "http://") + authority();
  }

  /** For people; without the query, which may hold a secret. */
  @Override
  public String toString() {
    int query = target.indexOf('?');
    return origin() + (query < 0 ? target : target.substring(0, query));
  }
}
