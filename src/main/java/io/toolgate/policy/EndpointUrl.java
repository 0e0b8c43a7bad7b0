package io.toolgate.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Which addresses a group's calls may go to by their form; which hosts, is judged when they are
 * reached. Nothing here quotes the address, whose query may hold a secret.
 */
final class EndpointUrl {
  private static final int LONGEST = 2_048;

  private EndpointUrl() {}

  /** Empty if it is none. */
  static Optional<URI> read(String text) {
    try {
      URI url = new URI(text);
      return text.length() <= LONGEST && isUsable(url) ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isUsable(URI url) {
    return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
        && url.getHost() != null
        && !url.getRawAuthority().contains("@")
        && url.getRawFragment() == null
        && url.getPort() != 0
        && url.getPort() <= 65_535;
  }
}
