package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The proofs that Open WebUI, gateways and automations send together. */
class CombinationsTest {
  private static final String LIMITED =
      """
      [{"name": "sales", "key": "key-limited-to-sales-01234", "groups": ["Sales"], "actForUsers": true}]""";

  private static String session(String id) {
    return Minted.session(id).sign(Configured.SESSION_SECRET);
  }

  private static String signed(String email) {
    return Minted.header(email).sign(Configured.SIGNED_SECRET);
  }

  private static Configured everything() {
    return Configured.key()
        .and("MCP_API_KEYS", LIMITED)
        .andGateway()
        .andSigned()
        .andSessions()
        .knowing(
            Map.of(
                "1", new DirectoryUser("ann@example.org", "user"),
                "id-of-ann@example.org", new DirectoryUser("ann@example.org", "user"),
                "2", new DirectoryUser("bob@example.org", "user")));
  }

  @Test
  void keyAndSignedUser() {
    Caller.User user =
        everything().user(Sent.bearer(Configured.KEY).withSigned(signed("ann@example.org")));

    assertEquals("ann@example.org", user.email());
    assertEquals(Optional.empty(), user.within());
  }

  @Test
  void limitedKeyAndSignedUser() {
    Caller.User user =
        everything()
            .user(Sent.bearer("key-limited-to-sales-01234").withSigned(signed("ann@example.org")));

    assertEquals(Optional.of(Set.of("Sales")), user.within());
    assertEquals(Set.of(), user.groups());
  }

  @Test
  void keyAndSignedUserWithForwardedGroups() {
    Configured configured = everything().and("FORWARDED_GROUPS_HEADER", "X-Groups");
    Sent request =
        Sent.bearer(Configured.KEY).withSigned(signed("ann@example.org")).with("X-Groups", "Sales");

    assertEquals(Set.of("Sales"), configured.user(request).groups());
  }

  @Test
  void keyAndSessionsAreEachUsed() {
    Configured configured =
        Configured.key()
            .andSessions()
            .knowing(Map.of("1", new DirectoryUser("ann@example.org", "user")));

    assertEquals("default", configured.service(Sent.bearer(Configured.KEY)).name());
    assertEquals("ann@example.org", configured.user(Sent.bearer(session("1"))).email());
    assertEquals(
        "bob@example.org",
        configured.user(Sent.bearer(Configured.KEY).withPlain("bob@example.org")).email());
  }

  @Test
  void keyInItsOwnHeaderAndSessionToken() {
    Caller.User user =
        everything()
            .user(Sent.bearer(session("1")).with("X-API-Key", "key-limited-to-sales-01234"));

    assertEquals("ann@example.org", user.email());
    assertEquals(Proof.SESSION_TOKEN, user.how());
    assertEquals(Optional.of(Set.of("Sales")), user.within());
  }

  @Test
  void sessionTokenAndSignedUserWithoutAKey() {
    Caller.User user =
        everything()
            .user(
                Sent.bearer(session("id-of-ann@example.org"))
                    .withSigned(signed("ann@example.org")));

    assertEquals("ann@example.org", user.email());
  }

  @Test
  void gatewaySecretAndPeer() {
    Configured configured = everything().and("TRUSTED_PROXIES", "10.0.0.0/8");

    Caller.User user =
        configured.user(
            Sent.gateway(Configured.GATEWAY_SECRET)
                .from("10.9.8.7")
                .with("X-User-Email", "ann@example.org")
                .with("X-User-Groups", "Sales"));

    assertEquals(Set.of("Sales"), user.groups());
  }

  @Test
  void gatewayAndSessionTokenOfTheSameUserJoinTheirGroups() {
    Sent request =
        Sent.bearer(session("1"))
            .with("X-Gateway-Secret", Configured.GATEWAY_SECRET)
            .with("X-User-Email", "ann@example.org")
            .with("X-User-Groups", "Sales");

    Caller.User user = everything().user(request);

    assertEquals(Proof.SESSION_TOKEN, user.how());
    assertEquals(Set.of("Sales"), user.groups());
  }

  @Test
  void automationsNeedNoToken() {
    Configured plain = Configured.key().andSessions().and("FORWARDED_GROUPS_HEADER", "X-Groups");
    Sent request =
        Sent.bearer(Configured.KEY).withPlain("ann@example.org").with("X-Groups", "Sales");

    assertEquals(Set.of("Sales"), plain.user(request).groups());
  }

  static List<Sent> twoUsers() {
    Sent gateway = Sent.gateway(Configured.GATEWAY_SECRET).with("X-User-Email", "ann@example.org");
    return List.of(
        gateway.withSigned(signed("bob@example.org")),
        Sent.bearer(session("1")).withSigned(signed("bob@example.org")),
        Sent.bearer(session("1")).withSigned(signed("ann@example.org")), // another id
        Sent.bearer(session("2"))
            .with("X-Gateway-Secret", Configured.GATEWAY_SECRET)
            .with("X-User-Email", "ann@example.org"),
        Sent.bearer(Configured.KEY)
            .withPlain("bob@example.org")
            .withSigned(signed("ann@example.org")));
  }

  @ParameterizedTest
  @MethodSource("twoUsers")
  void proofsOfDifferentUsersAreRefused(Sent request) {
    assertTrue(everything().refusal(request).contains("different users"));
  }

  @Test
  void aKeyThatNamesAnotherUserThanTheTokenIsRefused() {
    Configured configured =
        Configured.key()
            .andSessions()
            .knowing(Map.of("1", new DirectoryUser("ann@example.org", "user")));
    Sent request =
        Sent.bearer(session("1")).with("X-API-Key", Configured.KEY).withPlain("bob@example.org");

    assertTrue(configured.refusal(request).contains("different users"));
  }

  static List<Sent> oneBadProof() {
    return List.of(
        Sent.bearer(Configured.KEY).withSigned("x.y.z"),
        Sent.bearer(Configured.KEY).with("X-Gateway-Secret", "wrong"),
        Sent.bearer("wrong").withSigned(signed("ann@example.org")),
        Sent.bearer(session("1") + "x").with("X-API-Key", Configured.KEY),
        Sent.bearer(session("1")).with("X-API-Key", "wrong"),
        Sent.bearer(session("99")).with("X-API-Key", Configured.KEY),
        Sent.gateway(Configured.GATEWAY_SECRET)
            .with("X-User-Email", "ann@example.org")
            .with("Authorization", "Bearer wrong"),
        Sent.gateway(Configured.GATEWAY_SECRET)
            .with("X-User-Email", "ann@example.org")
            .withSigned("wrong"));
  }

  @ParameterizedTest
  @MethodSource("oneBadProof")
  void oneBadProofIsNeverOutweighed(Sent request) {
    everything().refusal(request);
  }

  @Test
  void providersTokenBesideAKey() throws IOException {
    try (Provider provider = Provider.start()) {
      Configured configured = everything().andProvider(provider);
      String token = Provider.token(Provider.claims("ann@example.org"));

      Caller.User user =
          configured.user(Sent.bearer(token).with("X-API-Key", "key-limited-to-sales-01234"));

      assertEquals(Set.of("staff"), user.groups());
      assertEquals(Optional.of(Set.of("Sales")), user.within());
      assertEquals("ann@example.org", configured.user(Sent.bearer(session("1"))).email());
    }
  }

  @Test
  void withNothingConfiguredEverybodyIsAnonymous() {
    Configured nothing = Configured.nothing();

    assertEquals(
        Optional.of(new Caller.Anonymous()),
        nothing.identify(Sent.bearer("whatever").withPlain("ann@example.org")));
    assertEquals(false, nothing.authentication().configured());
  }

  @Test
  void anUnconfiguredAuthorizationIsNotJudged() {
    Configured configured = Configured.signed();

    assertEquals(
        "ann@example.org",
        configured
            .user(Sent.bearer("of-somebody-else").withSigned(signed("ann@example.org")))
            .email());
  }
}
