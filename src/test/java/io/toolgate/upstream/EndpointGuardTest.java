package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import io.toolgate.upstream.EndpointGuard.Decision.Allowed;
import io.toolgate.upstream.EndpointGuard.Decision.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGuardTest {
  private static final Duration AMPLE = Await.LIMIT;

  private final List<String> lookedUp = new ArrayList<>();

  /** Names resolve to the addresses that stand in them, such as {@code 10.0.0.1,::1.test}. */
  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookedUp.add(host);
    if (!host.endsWith(".test")) {
      return InetAddress.getAllByName(host);
    }
    String[] texts = host.substring(0, host.length() - ".test".length()).split(",");
    InetAddress[] addresses = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      addresses[i] = InetAddress.getByName(texts[i]);
    }
    return addresses;
  }

  private EndpointGuard.Decision judge(String host, String... allowed) {
    return new EndpointGuard(List.of(allowed), this::resolve, AMPLE).judge(host, 443).join();
  }

  private EndpointGuard.Decision judge(URI endpoint, String... allowed) {
    return new EndpointGuard(List.of(allowed), this::resolve, AMPLE).judge(endpoint).join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "0:0:0:0:0:0:0:1",
        "fe80::1",
        "febf::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd00:0ec2:0::0:254",
        "fd20:ce::254",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "::7f00:1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2002:6464:64c8::1",
        "2001::80ff:fffe",
        "2001:db8::5efe:127.0.0.1",
        "2001:db8::200:5efe:169.254.169.254",
      })
  void refusesAnAddressInEachFormAndWhateverNameLeadsThere(String address) {
    assertInstanceOf(Refused.class, judge(address));
    assertInstanceOf(Refused.class, judge("[" + address + "]"));
    assertInstanceOf(Refused.class, judge(address + ".test"));
    assertInstanceOf(Refused.class, judge("10.0.0.1," + address + ".test"));
    assertInstanceOf(Refused.class, judge(address + ",10.0.0.1.test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "8.8.8.8",
        "128.0.0.1",
        "126.255.255.255",
        "223.255.255.255",
        "169.253.255.255",
        "fd00::1",
        "fd00:ec2::253",
        "2606:4700::1111",
        "::ffff:10.0.0.1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:db8::5efe:10.0.0.1",
      })
  void letsAddressesOfOtherMachinesPass(String address) throws Exception {
    InetAddress meant = InetAddress.getByName(address);

    assertEquals(new Allowed(List.of(meant)), judge(address));
    assertEquals(new Allowed(List.of(meant)), judge(address + ".test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "LocalHost.",
        "a.localhost",
        "127.1",
        "127.0.1",
        "0",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.01",
        "0x7f.1",
        "0X7F.0.0.1",
        "0x7f000001",
        "0x7f000001.",
        "0x",
        "10.0.0.0x1",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.999",
        "a.1",
        "metadata.google.internal",
        "Metadata.Google.Internal.",
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        "10.0.0.1%lo",
        "",
        ".",
      })
  void refusesNamesOfThisMachineAndOddNumbersWithoutALookUp(String host) {
    assertInstanceOf(Refused.class, judge(host));
    assertEquals(List.of(), lookedUp);
  }

  @Test
  void aLastDotChangesNothing() throws Exception {
    InetAddress other = InetAddress.getByName("10.0.0.1");

    assertInstanceOf(Refused.class, judge("127.0.0.1."));
    assertEquals(new Allowed(List.of(other)), judge("10.0.0.1."));
  }

  @Test
  void refusesWhatIsNotKnown() {
    EndpointGuard guard =
        new EndpointGuard(
            List.of(),
            host -> {
              throw new UnknownHostException(host);
            },
            AMPLE);

    assertEquals(new Refused("is not known"), guard.judge("mcp.example.org", 443).join());
    assertInstanceOf(Refused.class, judge(URI.create("mailto:ann@example.org")));
    assertInstanceOf(Refused.class, judge(URI.create("http://2130706433/")));
    assertInstanceOf(Refused.class, judge(URI.create("http://0x7f.1/")));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1/mcp",
    "localhost, http://LOCALHOST./mcp",
    "LocalHost., http://localhost:9000/mcp",
    "localhost:9000, http://localhost:9000/mcp",
    "localhost.:9000, http://localhost:9000/mcp",
    "localhost:80, http://localhost/mcp",
    "localhost:443, HTTPS://localhost/mcp",
    "[::1]:9000, http://[::1]:9000/mcp",
    "[::1], http://[::1]:9000/mcp",
    "::1, http://[::1]:9000/mcp",
    "metadata.google.internal, http://metadata.google.internal/",
  })
  void letsWhatTheOperatorNamesPass(String allowed, URI endpoint) {
    assertInstanceOf(Refused.class, judge(endpoint));
    assertInstanceOf(Allowed.class, judge(endpoint, "other.example.org", " " + allowed + " "));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:9000, http://localhost:9001/mcp",
    "localhost:443, http://localhost/mcp",
    "localhost, http://127.0.0.1/mcp",
    "127.0.0.1, http://localhost/mcp",
    "example.localhost, http://localhost/mcp",
    "'', http://localhost/mcp",
    "*, http://localhost/mcp",
  })
  void letsNothingElsePass(String allowed, URI endpoint) {
    assertInstanceOf(Refused.class, judge(endpoint, allowed));
  }

  @Test
  void doesNotWaitForALookUp() {
    CountDownLatch release = new CountDownLatch(1);
    EndpointGuard guard =
        new EndpointGuard(
            List.of(),
            host -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[] {InetAddress.getByName("10.0.0.1")};
            },
            AMPLE);

    CompletableFuture<EndpointGuard.Decision> decision = guard.judge("slow.example.org", 443);

    assertFalse(decision.isDone());
    release.countDown();
    assertInstanceOf(Allowed.class, decision.join());
  }

  @Test
  void refusesWhenALookUpTakesTooLong() {
    CountDownLatch never = new CountDownLatch(1);
    EndpointGuard guard =
        new EndpointGuard(
            List.of(),
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[0];
            },
            Duration.ofMillis(20));

    assertInstanceOf(Refused.class, guard.judge("slow.example.org", 443).join());
    never.countDown();
  }

  @Test
  void saysWhyAndHowToAllowIt() {
    Refused refused = assertInstanceOf(Refused.class, judge("169.254.169.254"));

    assertTrue(refused.reason().contains("169.254.169.254"), refused.reason());
    assertTrue(refused.reason().contains("ENDPOINT_HOSTS"), refused.reason());
  }
}
