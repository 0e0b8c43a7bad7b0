package io.toolgate.identity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises names and addresses of this machine, by their text alone: nothing is resolved. */
public final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private static final Pattern ORIGIN =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]*://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");

  private Loopback() {}

  /**
   * @param host name or address without port; IPv6 with or without brackets
   */
  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }

  /**
   * Whether the value of an {@code Origin} header is a page served from this machine (RFC 6454).
   */
  static boolean isLoopbackOrigin(String origin) {
    Matcher form = ORIGIN.matcher(origin);
    return form.matches() && isLoopback(form.group(1));
  }
}
