package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Proxies PROXIES =
      new Proxies(
          new Networks(
              Stream.of("10.0.0.0/8", "192.168.0.1", "fd00::/8").map(Network::parse).toList()));

  private static InetAddress address(String text) {
    return Network.address(text).orElseThrow();
  }

  private static String client(String peer, String... forwardedFor) {
    return PROXIES.client(address(peer), List.of(forwardedFor)).orElseThrow().getHostAddress();
  }

  @ParameterizedTest
  @ValueSource(strings = {"198.51.100.1", "198.51.100.1, 10.0.0.1", ""})
  void aPeerThatIsNotTrustedSpeaksForItself(String forwardedFor) {
    assertEquals("203.0.113.5", client("203.0.113.5", forwardedFor));
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.100.1",
    "'203.0.113.66, 198.51.100.1', 198.51.100.1",
    "'203.0.113.66,198.51.100.1 , 10.2.3.4,192.168.0.1', 198.51.100.1",
    "'198.51.100.1, 192.168.0.2', 192.168.0.2",
    "198.51.100.1:4711, 198.51.100.1",
    "'10.0.0.9, 10.0.0.8', 10.0.0.9",
    "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1",
    "'2001:db8::1, [fd00::7]', 2001:db8:0:0:0:0:0:1",
    "::ffff:198.51.100.1, 198.51.100.1",
  })
  void behindTrustedProxiesTheLastEntryThatIsNotTrustedCounts(String forwarded, String client) {
    assertEquals(client, client("10.0.0.1", forwarded));
  }

  @Test
  void severalFieldsAreOneList() {
    assertEquals(
        "198.51.100.1", client("10.0.0.1", "203.0.113.66", "198.51.100.1, 10.0.0.3", "10.0.0.2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "198.51.100.999",
        "0198.51.100.1",
        "proxy.example",
        "198.51.100.1:port",
        "[198.51.100.1",
        "[]",
        ":",
        ".:1",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8:9",
        "\"198.51.100.1\"",
      })
  void whatIsNoAddressEndsTheWay(String entry) {
    assertEquals("10.0.0.1", client("10.0.0.1", entry));
    assertEquals("10.0.0.3", client("10.0.0.1", "198.51.100.1, " + entry + ", 10.0.0.3"));
  }

  @Test
  void withoutEntriesAndWithoutAPeerThereIsWhatThereIs() {
    assertEquals("10.0.0.1", client("10.0.0.1"));
    assertEquals(Optional.empty(), PROXIES.client(null, List.of("198.51.100.1")));
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.100.1",
    "2001:db8:a:b::1, 2001:db8:a:b::/64",
    "2001:db8:a:b:ffff:ffff:ffff:ffff, 2001:db8:a:b::/64",
    "2001:db8:a:bc::1, 2001:db8:a:bc::/64",
    "::ffff:198.51.100.1, 198.51.100.1",
  })
  void aSubscriberIsAnAddressOrANetworkOf64Bits(String address, String subscriber) {
    assertEquals(subscriber, Proxies.subscriber(address(address)));
  }
}
