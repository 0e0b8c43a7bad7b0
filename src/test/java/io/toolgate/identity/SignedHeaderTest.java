package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedHeaderTest {
  private static String token(Minted minted) {
    return minted.sign(Configured.SIGNED_SECRET);
  }

  private static String ann() {
    return token(Minted.header("Ann@example.org"));
  }

  @Test
  void itsClaimsAreTheUser() {
    Caller.User user = Configured.signed().user(Sent.signed(ann()));

    assertEquals(
        new Caller.User(
            "ann@example.org",
            "id-of-Ann@example.org",
            "Somebody",
            Set.of(),
            false,
            Proof.SIGNED_HEADER,
            Optional.empty()),
        user);
  }

  @Test
  void theRoleMakesAnAdministrator() {
    String token = token(Minted.header("ann@example.org").claim("role", "admin"));

    assertTrue(Configured.signed().user(Sent.signed(token)).admin());
  }

  @Test
  void anotherIssuerIsRefused() {
    String token = token(Minted.header("ann@example.org").claim("iss", "somebody"));

    assertTrue(Configured.signed().refusal(Sent.signed(token)).contains("issuer"));
  }

  @Test
  void noIssuerIsRefused() {
    String token = token(Minted.header("ann@example.org").without("iss"));

    assertTrue(Configured.signed().refusal(Sent.signed(token)).contains("issuer"));
  }

  @Test
  void noEmailIsRefused() {
    String token = token(Minted.header("ann@example.org").without("email"));

    assertTrue(Configured.signed().refusal(Sent.signed(token)).contains("e-mail"));
  }

  @Test
  void aPendingUserIsRefused() {
    String token = token(Minted.header("ann@example.org").claim("role", "pending"));

    assertTrue(Configured.signed().refusal(Sent.signed(token)).contains("approval"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-OpenWebUI-User-Email",
        "X-OpenWebUI-User-Id",
        "X-OpenWebUI-User-Name",
        "X-OpenWebUI-User-Role"
      })
  void aPlainUserInsteadIsRefusedEvenBesideAKey(String header) {
    Sent request = Sent.bearer(Configured.KEY).with(header, "ann");

    assertTrue(Configured.signed().andKey().refusal(request).contains("signed header"));
    assertTrue(Configured.signed().refusal(Sent.empty().with(header, "ann")).contains("signed"));
  }

  @Test
  void aPlainUserBesideABadSignedHeaderIsRefused() {
    Sent request =
        Sent.bearer(Configured.KEY)
            .withPlain("ann@example.org")
            .withSigned(token(Minted.header("ann@example.org").without("exp")));

    assertTrue(Configured.signed().andKey().refusal(request).contains("exp"));
  }

  @Test
  void idsOfChatAndMessageStayAllowed() {
    Sent request =
        Sent.bearer(Configured.KEY)
            .with("X-OpenWebUI-Chat-Id", "c")
            .with("X-OpenWebUI-Message-Id", "m");

    assertEquals("key:default", Configured.signed().andKey().service(request).label());
  }

  @Test
  void whereThereIsAKeyItIsNeededToo() {
    String refusal = Configured.signed().andKey().refusal(Sent.signed(ann()));

    assertTrue(refusal.contains("without a key"), refusal);
  }

  @Test
  void aWrongKeyBesideItIsRefused() {
    Sent request = Sent.bearer("some-other-key-0123456789").withSigned(ann());

    assertTrue(Configured.signed().andKey().refusal(request).contains("key"));
  }

  @Test
  void itsNameIsConfigurable() {
    Configured configured = Configured.signed().and("FORWARD_USER_INFO_HEADER_JWT", "X-Who");

    assertEquals("ann@example.org", configured.user(Sent.empty().with("X-Who", ann())).email());
    assertEquals(Optional.empty(), configured.identify(Sent.signed(ann())));
  }

  @Test
  void withoutASecretItIsIgnoredAndCounted() {
    Configured configured = Configured.key();

    assertEquals(
        "key:default", configured.service(Sent.bearer(Configured.KEY).withSigned(ann())).label());
    assertEquals(1, configured.authentication().unprovenHeaders());
  }

  @Test
  void theSecretIsStrippedAsOpenWebUiDoes() {
    Configured configured =
        Configured.nothing()
            .and("FORWARD_USER_INFO_HEADER_JWT_SECRET", " " + Configured.SIGNED_SECRET + "\n");

    assertFalse(configured.user(Sent.signed(ann())).admin());
  }
}
