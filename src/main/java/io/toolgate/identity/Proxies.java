package io.toolgate.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proxies that are believed when they say for whom they ask.
 *
 * <p>Invariant: nothing that a client writes into {@code X-Forwarded-For} itself counts. Each proxy
 * appends the address that it was asked from, so what trusted ones have written stands on the
 * right.
 */
record Proxies(Networks trusted) {
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)](:\\d{1,5})?");
  private static final Pattern WITH_PORT = Pattern.compile("([^:]*):\\d{1,5}");
  private static final int PREFIX_BYTES = 8;

  /**
   * The address a request comes from: the other end of the socket, or the first one on the way back
   * from there that no trusted proxy has. Something that is no address ends the way.
   *
   * @param peer may be null, for a peer without address
   * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
   */
  Optional<InetAddress> client(InetAddress peer, List<String> forwardedFor) {
    InetAddress client = peer;
    for (int i = forwardedFor.size() - 1; i >= 0; i--) {
      String[] entries = forwardedFor.get(i).split(",", -1);
      for (int j = entries.length - 1; j >= 0; j--) {
        if (!trusted.contains(client)) {
          return Optional.ofNullable(client);
        }
        Optional<InetAddress> before = address(entries[j].strip());
        if (before.isEmpty()) {
          return Optional.of(client);
        }
        client = before.get();
      }
    }
    return Optional.ofNullable(client);
  }

  private static Optional<InetAddress> address(String entry) {
    Matcher bracketed = BRACKETED.matcher(entry);
    if (bracketed.matches()) {
      return Network.address(bracketed.group(1));
    }
    Matcher withPort = WITH_PORT.matcher(entry);
    return Network.address(withPort.matches() ? withPort.group(1) : entry);
  }

  /**
   * What one subscriber has: an IPv4 address, but of IPv6 a network of 64 bits, in which one
   * machine takes as many addresses as it likes.
   */
  static String subscriber(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] network = Arrays.copyOf(address.getAddress(), PREFIX_BYTES);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PREFIX_BYTES; i += 2) {
      text.append(Integer.toHexString((network[i] & 0xff) << 8 | network[i + 1] & 0xff))
          .append(':');
    }
    return text.append(":/64").toString();
  }
}
