package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  private static Sent ann() {
    return ann(Sent.empty());
  }

  private static Sent ann(Sent request) {
    return request
        .with("X-User-Email", "Ann@example.org")
        .with("X-User-Groups", "Sales,R%26D")
        .with("X-User-Admin", "true")
        .with("X-User-Name", "Ann%20G")
        .with("X-User-OID", "oid-1")
        .with("X-Tenant-ID", "tenant-1")
        .with("X-Gateway-Validated", "true");
  }

  private static Configured peers(String networks) {
    return Configured.nothing().and("API_GATEWAY_MODE", "true").and("TRUSTED_PROXIES", networks);
  }

  @Test
  void theSecretProvesTheGatewayAndItsUser() {
    Caller.User user = Configured.gateway().user(ann(Sent.gateway(Configured.GATEWAY_SECRET)));

    assertEquals(
        new Caller.User(
            "ann@example.org",
            "oid-1",
            "Ann G",
            Set.of("Sales", "R&D"),
            true,
            Proof.GATEWAY,
            Optional.empty()),
        user);
  }

  @Test
  void itsHeadersMayHaveTheNamesOfAnAuthenticator() {
    Configured configured =
        Configured.gateway()
            .and("GATEWAY_HEADER_EMAIL", "X-Auth-Request-Email")
            .and("GATEWAY_HEADER_GROUPS", "X-Auth-Request-Groups")
            .and("GATEWAY_HEADER_NAME", "X-Auth-Request-Preferred-Username")
            .and("GATEWAY_HEADER_ID", "X-Auth-Request-User");
    Sent request =
        Sent.gateway(Configured.GATEWAY_SECRET)
            .with("X-Auth-Request-Email", "ann@example.org")
            .with("X-Auth-Request-Groups", "Sales,Support")
            .with("X-Auth-Request-Preferred-Username", "ann")
            .with("X-Auth-Request-User", "oid-1")
            .with("X-User-Email", "admin@example.org")
            .with("X-User-Groups", "MCP-Admin");

    Caller.User user = configured.user(request);

    assertEquals("ann@example.org", user.email());
    assertEquals(Set.of("Sales", "Support"), user.groups());
    assertEquals("ann oid-1", user.name() + " " + user.id());
  }

  @Test
  void withoutASecretTheHeadersAreIgnoredAndCounted() {
    Configured configured = Configured.gateway();

    Optional<Caller> caller = configured.identify(ann());

    assertEquals(Optional.empty(), caller);
    assertEquals(1, configured.authentication().unprovenHeaders());
  }

  @Test
  void aWrongSecretIsRefused() {
    String refusal = Configured.gateway().refusal(ann(Sent.gateway("a-guess-0123456789")));

    assertFalse(refusal.contains("guess"), refusal);
  }

  @Test
  void aUserWithoutEmailIsNobody() {
    Sent request =
        Sent.gateway(Configured.GATEWAY_SECRET)
            .with("X-User-Email", "")
            .with("X-User-Groups", "MCP-Admin")
            .with("X-User-Admin", "true");

    assertEquals(Optional.empty(), Configured.gateway().identify(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "1", "yes", " "})
  void onlyTrueMakesAnAdministrator(String admin) {
    Sent request =
        Sent.gateway(Configured.GATEWAY_SECRET)
            .with("X-User-Email", "ann@example.org")
            .with("X-User-Admin", admin);

    assertFalse(Configured.gateway().user(request).admin());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.3, true",
    "10.1.0.0/16, 10.2.0.1, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "10.1.2.128/25, 10.1.2.127, false",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe80::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true"
  })
  void itsAddressProvesTheGateway(String trusted, String peer, boolean proven) {
    Optional<Caller> caller = peers(trusted).identify(ann().from(peer));

    assertEquals(proven, caller.isPresent());
  }

  @Test
  void forwardingHeadersDoNotChangeTheAddress() {
    Sent request =
        ann()
            .from("203.0.113.9")
            .with("X-Forwarded-For", "10.1.2.3")
            .with("Forwarded", "for=10.1.2.3")
            .with("X-Real-IP", "10.1.2.3");

    assertEquals(Optional.empty(), peers("10.1.2.3").identify(request));
  }

  @Test
  void anAddressOfThisMachineProvesNothingAlone() throws SocketException {
    Configured configured = peers("0.0.0.0/1,128.0.0.0/1,::/1,8000::/1");
    for (String own :
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(address -> address.getHostAddress())
            .toList()) {
      assertEquals(Optional.empty(), configured.identify(ann().from(own)), own);
    }
  }

  @Test
  void whereBothAreConfiguredBothAreNeeded() {
    Configured configured = Configured.gateway().and("TRUSTED_PROXIES", "10.1.2.3, 127.0.0.1");
    Sent right = ann(Sent.gateway(Configured.GATEWAY_SECRET));

    assertEquals(Proof.GATEWAY, configured.user(right.from("10.1.2.3")).how());
    assertEquals(Proof.GATEWAY, configured.user(right.from("127.0.0.1")).how());
    assertEquals(Optional.empty(), configured.identify(ann().from("10.1.2.3")));
    assertTrue(configured.refusal(right.from("10.1.2.4")).contains("TRUSTED_PROXIES"));
  }

  @Test
  void withoutGatewayModeItsHeadersMeanNothing() {
    Configured configured =
        Configured.key().and("GATEWAY_SHARED_SECRET", Configured.GATEWAY_SECRET);

    assertEquals(
        Optional.empty(), configured.identify(ann(Sent.gateway(Configured.GATEWAY_SECRET))));
  }

  @Test
  void theGatewayNamesNobodyInTheHeadersOfOpenWebUi() {
    Configured configured = Configured.gateway();

    Optional<Caller> caller =
        configured.identify(Sent.gateway(Configured.GATEWAY_SECRET).withPlain("ann@example.org"));

    assertEquals(Optional.empty(), caller);
    assertEquals(1, configured.authentication().unprovenHeaders());
  }
}
