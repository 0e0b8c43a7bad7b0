package io.toolgate.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291), for example {@code 10.0.0.0/8}; an address alone
 * is a network of one.
 */
record Network(InetAddress base, int prefix) {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /** Only what Java takes for an address too, right or wrong: anything else it would look up. */
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  /**
   * @throws IllegalArgumentException if it is none; names are never resolved
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base =
        address(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> new IllegalArgumentException("no address"));
    int bits = base.getAddress().length * 8;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("no such prefix");
    }
    return new Network(base, prefix);
  }

  /** A literal address, without port and brackets; empty if it is none. Nothing is resolved. */
  static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isEverything() {
    return prefix == 0;
  }

  boolean isSingle() {
    return prefix == base.getAddress().length * 8;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + (isSingle() ? "" : "/" + prefix);
  }
}
