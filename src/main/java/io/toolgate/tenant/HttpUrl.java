package io.toolgate.tenant;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which URLs a remote server may have, and the hosts in them. No message quotes one, since it may
 * hold credentials.
 *
 * <p>{@link URI} has no host for names that are none of a machine on the internet, such as {@code
 * mcp_server}, but name services do: compose files are full of them.
 */
public final class HttpUrl {
  private static final int LONGEST = 2048;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern NAMED =
      Pattern.compile("(?<host>[A-Za-z0-9._-]*[A-Za-z0-9_-]\\.?)(?::(?<port>\\d{0,5}))?");

  /** Looks like an address to some programs, which need not agree on which. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?", Pattern.CASE_INSENSITIVE);

  private HttpUrl() {}

  /** The host of a URL that is free of mistakes; IPv6 in brackets. */
  public static Optional<String> host(URI url) {
    return Optional.ofNullable(url.getHost())
        .or(() -> named(url).map(authority -> authority.group("host")));
  }

  /** The port that its server listens on. */
  public static int port(URI url) {
    int given = givenPort(url);
    return given >= 0 ? given : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  private static int givenPort(URI url) {
    if (url.getHost() != null) {
      return url.getPort();
    }
    return named(url)
        .map(authority -> authority.group("port"))
        .filter(port -> !port.isEmpty())
        .map(Integer::valueOf)
        .orElse(-1);
  }

  /** The authority of a URL whose host only name services know. */
  private static Optional<Matcher> named(URI url) {
    return Optional.ofNullable(url.getRawAuthority())
        .map(NAMED::matcher)
        .filter(Matcher::matches)
        .filter(authority -> !NUMERIC.matcher(authority.group("host")).matches());
  }

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
    if (host(url).isEmpty()) {
      return Optional.of("has no valid host (letters, digits, \"-\", \"_\" and \".\")");
    }
    if (url.getHost() == null && scheme.equals("https")) {
      return Optional.of(
          "has a host that TLS cannot name, because of a \"_\" or of a \"-\" at an end; write"
              + " another name of it, or \"http\"");
    }
    if (givenPort(url) == 0 || givenPort(url) > HIGHEST_PORT) {
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
    String host = host(url).orElseThrow();
    if (host.endsWith(".") || host.contains("%")) {
      return Optional.of("has a host that ends with a dot or holds a \"%\"");
    }
    return url.getRawAuthority().endsWith(":")
        ? Optional.of("has a \":\" but no port")
        : Optional.empty();
  }
}
