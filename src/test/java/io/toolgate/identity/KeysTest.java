package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final String SEVERAL =
      """
      [{"name": "reports", "key": "key-of-the-reports-012345", "groups": ["Sales", "IT"]},
       {"name": "chat", "key": "key-of-the-chat-0123456789", "actForUsers": true, "groups": ["Sales"]},
       {"name": "backup", "key": "key-of-the-backup-01234567"}]""";

  static List<Sent> waysToSendTheKey() {
    return List.of(
        Sent.bearer(Configured.KEY),
        Sent.empty().with("authorization", "bearer   " + Configured.KEY),
        Sent.basic("anybody", Configured.KEY),
        Sent.basic("", Configured.KEY),
        Sent.apiKey(Configured.KEY),
        Sent.bearer(Configured.KEY).with("X-API-Key", Configured.KEY));
  }

  @ParameterizedTest
  @MethodSource("waysToSendTheKey")
  void aKeyIsAServiceForEveryServer(Sent request) {
    Caller.Service service = Configured.key().service(request);

    assertEquals(new Caller.Service("default", Optional.empty()), service);
  }

  static List<Sent> wrongKeys() {
    return List.of(
        Sent.bearer(Configured.KEY + "x"),
        Sent.bearer(Configured.KEY.substring(1)),
        Sent.bearer(Configured.KEY.toUpperCase(java.util.Locale.ROOT)),
        Sent.basic(Configured.KEY, "other"),
        Sent.apiKey("other"),
        Sent.apiKey(Configured.KEY).with("Authorization", "Bearer other"),
        Sent.bearer(Configured.KEY).with("X-API-Key", "other"),
        Sent.empty().with("Authorization", Configured.KEY),
        Sent.empty().with("Authorization", "Bearer"),
        Sent.empty().with("Authorization", "Basic !"),
        Sent.empty().with("Authorization", "Basic " + Minted.encode(new byte[] {65})),
        Sent.empty().with("Authorization", "Digest " + Configured.KEY));
  }

  @ParameterizedTest
  @MethodSource("wrongKeys")
  void aWrongKeyIsRefusedWithoutBeingRepeated(Sent request) {
    String refusal = Configured.key().refusal(request.withPlain("ann@example.org"));

    assertFalse(refusal.contains(Configured.KEY) || refusal.contains("other"), refusal);
  }

  @Test
  void withoutAnyProofThereIsNoCaller() {
    assertEquals(Optional.empty(), Configured.key().identify(Sent.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json?user_email=ann@example.org", "token=x"})
  void aCookieProvesNothing(String cookie) {
    assertEquals(
        Optional.empty(),
        Configured.key()
            .identify(Sent.empty().with("Cookie", cookie).withPlain("ann@example.org")));
  }

  @Test
  void aKeyMayNameAUser() {
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("Ann@Example.ORG")
            .with("X-OpenWebUI-User-Id", "42")
            .with("X-OpenWebUI-User-Name", "Ann%20Gr%C3%BCn")
            .with("X-OpenWebUI-User-Role", "user");

    Caller.User user = Configured.key().user(request);

    assertEquals(
        new Caller.User(
            "ann@example.org", "42", "Ann Grün", Set.of(), false, Proof.KEY, Optional.empty()),
        user);
  }

  @Test
  void theRoleBesideAKeyMakesAnAdministrator() {
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("ann@example.org")
            .with("X-OpenWebUI-User-Role", "admin");

    assertTrue(Configured.key().user(request).admin());
  }

  @Test
  void aPendingUserIsRefused() {
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("ann@example.org")
            .with("X-OpenWebUI-User-Role", "pending");

    assertTrue(Configured.key().refusal(request).contains("approval"));
  }

  @Test
  void aUserWithoutEmailIsNotTakenForTheKeyAlone() {
    Sent request = Sent.bearer(Configured.KEY).withPlain(" ").with("X-OpenWebUI-User-Id", "42");

    String refusal = Configured.key().refusal(request);

    assertTrue(refusal.contains("FORWARD_USER_INFO_HEADER_USER_EMAIL"), refusal);
  }

  @Test
  void emptyUserHeadersNameNobody() {
    Sent request = Sent.bearer(Configured.KEY).withPlain(" ").with("X-OpenWebUI-User-Id", "");

    assertEquals("key:default", Configured.key().service(request).label());
  }

  @Test
  void aPendingUserIsRefusedHoweverTheRoleIsWritten() {
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("ann@example.org")
            .with("X-OpenWebUI-User-Role", "Pending");

    assertTrue(Configured.key().refusal(request).contains("approval"));
  }

  @Test
  void groupsComeFromTheHeaderThatIsConfigured() {
    Configured configured = Configured.key().and("FORWARDED_GROUPS_HEADER", "X-Groups");
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("ann@example.org")
            .with("X-Groups", "Sales, R%26D,A%2CB,100%,,");

    assertEquals(Set.of("Sales", "R&D", "A,B", "100%"), configured.user(request).groups());
  }

  @Test
  void groupsBesideAKeyAreNoGroupsOfTheKey() {
    Configured configured = Configured.key().and("FORWARDED_GROUPS_HEADER", "X-Groups");

    Caller.Service service =
        configured.service(Sent.bearer(Configured.KEY).with("X-Groups", "Sales"));

    assertEquals(Optional.empty(), service.groups());
  }

  @Test
  void headerNamesOfOpenWebUiAreConfigurable() {
    Configured configured =
        Configured.key()
            .and("FORWARD_USER_INFO_HEADER_USER_EMAIL", "X-Mail")
            .and("FORWARD_USER_INFO_HEADER_USER_ID", "X-Id")
            .and("FORWARD_USER_INFO_HEADER_USER_NAME", "X-Name")
            .and("FORWARD_USER_INFO_HEADER_USER_ROLE", "X-Role");
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("bob@example.org")
            .with("x-mail", "ann@example.org")
            .with("X-Id", "1")
            .with("X-Name", "Ann")
            .with("X-Role", "admin");

    assertEquals(
        new Caller.User("ann@example.org", "1", "Ann", Set.of(), true, Proof.KEY, Optional.empty()),
        configured.user(request));
  }

  @Test
  void severalKeysHaveTheirOwnNamesAndGroups() {
    Configured configured = Configured.keys(SEVERAL);

    assertEquals(
        List.of(
            new Caller.Service("reports", Optional.of(Set.of("Sales", "IT"))),
            new Caller.Service("chat", Optional.of(Set.of("Sales"))),
            new Caller.Service("backup", Optional.empty())),
        List.of(
            configured.service(Sent.bearer("key-of-the-reports-012345")),
            configured.service(Sent.apiKey("key-of-the-chat-0123456789")),
            configured.service(Sent.basic("x", "key-of-the-backup-01234567"))));
  }

  @Test
  void aKeyThatDoesNotActForUsersNamesNobody() {
    Configured configured = Configured.keys(SEVERAL);

    Caller.Service service =
        configured.service(Sent.bearer("key-of-the-reports-012345").withPlain("ann@example.org"));

    assertEquals("reports", service.name());
    assertEquals(1, configured.authentication().unprovenHeaders());
  }

  @Test
  void aKeyLimitedToGroupsLimitsItsUserAndGivesItNoGroup() {
    Caller.User user =
        Configured.keys(SEVERAL)
            .user(Sent.bearer("key-of-the-chat-0123456789").withPlain("ann@example.org"));

    assertEquals(Set.of(), user.groups());
    assertEquals(Optional.of(Set.of("Sales")), user.within());
  }

  @Test
  void twoDifferentKeysAreRefused() {
    Sent request =
        Sent.bearer("key-of-the-reports-012345").with("X-API-Key", "key-of-the-backup-01234567");

    assertTrue(Configured.keys(SEVERAL).refusal(request).contains("different keys"));
  }

  @Test
  void theOneKeyAndTheListGoTogether() {
    Configured configured = Configured.keys(SEVERAL).andKey();

    assertEquals("default", configured.service(Sent.bearer(Configured.KEY)).name());
    assertEquals("backup", configured.service(Sent.bearer("key-of-the-backup-01234567")).name());
  }
}
