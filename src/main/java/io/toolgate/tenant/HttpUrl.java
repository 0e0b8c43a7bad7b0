package io.toolgate.tenant;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Which URLs a remote server may have. No message quotes one, since it may hold credentials. */
final class HttpUrl {
  private static final int LONGEST = 2048;

  private HttpUrl() {}

  /** What is wrong with the URL of a file, in words that follow its place. */
  static Optional<String> mistake(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException mistake) {
      url = URI.create("");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || url.getRawAuthority() == null) {
      return Optional.of("must be an absolute URL such as \"https://mcp.example.com/mcp\"");
    }
    if (url.getRawAuthority().contains("@")) {
      return Optional.of("must hold no user name or password; send them in \"headers\"");
    }
    if (url.getHost() == null) {
      return Optional.of("has no valid host (letters, digits, \"-\" and \".\"; no \"_\")");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      return Optional.of("has a port that does not exist");
    }
    return Optional.empty();
  }

  /**
   * Likewise for one that was not written by the operator. What programs read in different ways is
   * refused, so that the host that was checked is the host that is asked.
   */
  static Optional<String> strictMistake(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      return Optional.of("must be at most " + LONGEST + " printable ASCII characters, no space");
    }
    Optional<String> mistake = mistake(text);
    if (mistake.isPresent()) {
      return mistake;
    }
    URI url = URI.create(text);
    if (url.getRawFragment() != null) {
      return Optional.of("must hold no fragment (\"#...\")");
    }
    if (url.getHost().endsWith(".") || url.getHost().contains("%")) {
      return Optional.of("has a host that ends with a dot or holds a \"%\"");
    }
    return url.getRawAuthority().endsWith(":")
        ? Optional.of("has a \":\" but no port")
        : Optional.empty();
  }
}
