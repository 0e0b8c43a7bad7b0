package io.toolgate.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses that nothing out of the database may lead to: of this machine, of the link, of many at
 * once, and where clouds give a machine its credentials; in each form in which IPv6 carries IPv4.
 */
final class ForbiddenAddresses {
  private static final String CREDENTIALS = "where clouds give machines their credentials";

  /** AWS, Alibaba, Oracle, Azure and Google; beside what is link-local anyway. */
  private static final Set<String> METADATA =
      Set.of(
          "169.254.169.254",
          "100.100.100.200",
          "192.0.0.192",
          "168.63.129.16",
          "fd00:ec2:0:0:0:0:0:254",
          "fd00:c1:0:0:0:0:a9fe:a9fe",
          "fd20:ce:0:0:0:0:0:254");

  /** Where an IPv4 address begins after a prefix of IPv6. */
  private record Carrier(int at, int... prefix) {
    Optional<byte[]> carried(byte[] address) {
      for (int i = 0; i < prefix.length; i++) {
        if (prefix[i] >= 0 && (address[i] & 0xff) != prefix[i]) {
          return Optional.empty();
        }
      }
      return Optional.of(Arrays.copyOfRange(address, at, at + 4));
    }
  }

  private static final int ANY = -1;
  private static final List<Carrier> CARRIERS =
      List.of(
          new Carrier(12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), // compatible, RFC 4291
          new Carrier(12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255), // mapped, RFC 4291
          new Carrier(12, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0), // translated, RFC 2765
          new Carrier(12, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0), // NAT64, RFC 6052
          new Carrier(2, 0x20, 0x02), // 6to4, RFC 3056
          new Carrier(
              12, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, 0, 0, 0x5e, 0xfe), // ISATAP, RFC 5214
          new Carrier(12, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, 2, 0, 0x5e, 0xfe));

  private static final byte[] TEREDO = {0x20, 0x01, 0, 0};
  private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};

  private ForbiddenAddresses() {}

  /** What an address is, in words, if it is one of them. */
  static Optional<String> reason(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLoopbackAddress()) {
      return Optional.of("this machine");
    }
    if (METADATA.contains(withoutZone(address))) {
      return Optional.of(CREDENTIALS);
    }
    if (address.isAnyLocalAddress() || bytes.length == 4 && bytes[0] == 0) {
      return Optional.of("no address of a host");
    }
    if (address.isLinkLocalAddress()) {
      return Optional.of("link-local");
    }
    if (address.isMulticastAddress() || bytes.length == 4 && (bytes[0] & 0xf0) == 0xf0) {
      return Optional.of("no address of one host");
    }
    return bytes.length == 16 ? carriedReason(bytes) : Optional.empty();
  }

  private static Optional<String> carriedReason(byte[] bytes) {
    if (startsWith(bytes, LOCAL_NAT64)) {
      return Optional.of("an IPv4 address that a gateway of this network chooses");
    }
    if (startsWith(bytes, TEREDO)) {
      byte[] client = new byte[4];
      for (int i = 0; i < 4; i++) {
        client[i] = (byte) ~bytes[12 + i];
      }
      return reason(address(client));
    }
    return CARRIERS.stream()
        .flatMap(carrier -> carrier.carried(bytes).stream())
        .flatMap(carried -> reason(address(carried)).stream())
        .findFirst();
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static String withoutZone(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // it has four bytes
    }
  }
}
