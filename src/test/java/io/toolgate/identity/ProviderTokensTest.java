package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTokensTest {
  private Provider provider;
  private Configured configured;

  @BeforeEach
  void start() throws IOException {
    provider = Provider.start();
    configured = Configured.nothing().andProvider(provider);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private static Sent sent(Minted claims) {
    return Sent.bearer(Provider.token(claims));
  }

  private static Minted ann() {
    return Provider.claims("Ann@example.org");
  }

  @Test
  void itsClaimsAreTheUser() {
    Caller.User user = configured.user(sent(ann()));

    assertEquals(
        new Caller.User(
            "ann@example.org",
            "subject-1",
            "Somebody",
            Set.of("staff"),
            false,
            Proof.PROVIDER_TOKEN,
            Optional.empty()),
        user);
  }

  static Stream<Arguments> algorithms() {
    return Stream.of(
        Arguments.of("RS256", Provider.RSA),
        Arguments.of("RS512", Provider.RSA),
        Arguments.of("ES256", Provider.EC),
        Arguments.of("EdDSA", Provider.ED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("algorithms")
  void acceptsTheUsualAlgorithms(String algorithm, PublicJsonWebKey key) {
    String token = Provider.token(ann(), key, algorithm);

    assertEquals("ann@example.org", configured.user(Sent.bearer(token)).email());
  }

  @Test
  void refusesAnAlgorithmThatIsNotListed() {
    String token = Provider.token(ann(), Provider.RSA, "PS256");

    assertTrue(configured.refusal(Sent.bearer(token)).contains("algorithm"));
  }

  static Stream<Arguments> badClaims() {
    return Stream.of(
        Arguments.of("issuer", ann().claim("iss", "https://login.example/other")),
        Arguments.of("issuer", ann().without("iss")),
        Arguments.of("audience", ann().claim("aud", List.of("another"))),
        Arguments.of("audience", ann().without("aud")),
        Arguments.of("expired", ann().claim("exp", Minted.now() - 60)),
        Arguments.of("exp", ann().without("exp")),
        Arguments.of("yet", ann().claim("nbf", Minted.now() + 90)),
        Arguments.of("yet", ann().claim("iat", Minted.now() + 90)),
        Arguments.of("JWT_EMAIL_CLAIM", ann().without("email")),
        Arguments.of("JWT_EMAIL_CLAIM", ann().claim("email", List.of("ann@example.org"))),
        Arguments.of("verified", ann().claim("email_verified", false)),
        Arguments.of("single", ann().claim("email", "ann@example.org, boss@example.org")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badClaims")
  void refusesATokenThatIsNotForUs(String reason, Minted claims) {
    String refusal = configured.refusal(sent(claims));

    assertTrue(refusal.contains(reason), refusal);
  }

  @Test
  void refusesAKeyThatTheProviderDoesNotPublish() {
    String token = Provider.token(ann(), Provider.OTHER_RSA, "RS256");

    assertTrue(configured.refusal(Sent.bearer(token)).contains("not known"));
  }

  @Test
  void refusesAForeignSignatureUnderAKnownKeyId() {
    String ours = Provider.token(ann());
    String foreign = Provider.token(ann().claim("email", "boss@example.org"), Provider.EC, "ES256");
    String forged =
        ours.substring(0, ours.lastIndexOf('.')) + foreign.substring(foreign.lastIndexOf('.'));

    assertTrue(configured.refusal(Sent.bearer(forged)).contains("signature"));
  }

  @Test
  void refusesAPublishedKeyUsedAsAnHmacSecret() {
    Configured both = configured.andSessions();
    String publicKey = Provider.RSA.toJson(OutputControlLevel.PUBLIC_ONLY);
    String token = ann().claim("id", "1").sign(publicKey);

    assertTrue(both.refusal(Sent.bearer(token)).contains("signature"));
  }

  @Test
  void aSymmetricKeyInTheSetIsOfNoUse() {
    byte[] known = "everybody-knows-this-secret-0123456789".getBytes(StandardCharsets.UTF_8);
    provider.published.add(new OctetSequenceJsonWebKey(new HmacKey(known)));
    String token = ann().sign("everybody-knows-this-secret-0123456789");

    assertTrue(configured.refusal(Sent.bearer(token)).contains("WEBUI_SECRET_KEY"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "2YotnFZFEjr1zCsicMWpAA", "a.b"})
  void anOpaqueTokenIsRefusedWithThatReason(String token) {
    assertTrue(configured.refusal(Sent.bearer(token)).contains("opaque"));
  }

  @Test
  void refusesAlgNone() {
    String refusal = configured.refusal(Sent.bearer(ann().algorithm("none").unsigned()));

    assertTrue(refusal.contains("algorithm"), refusal);
  }

  @Test
  void claimNamesAreConfigurable() {
    Configured entra =
        configured
            .and("JWT_EMAIL_CLAIM", "upn")
            .and("JWT_ID_CLAIM", "oid")
            .and("JWT_NAME_CLAIM", "given_name")
            .and("JWT_GROUPS_CLAIM", "roles");

    Caller.User user =
        entra.user(
            sent(
                ann()
                    .claim("upn", "bob@example.org")
                    .claim("oid", "7")
                    .claim("given_name", "Bob")
                    .claim("roles", List.of("a", "b"))));

    assertEquals(
        List.of("bob@example.org", "7", "Bob", Set.of("a", "b")),
        List.of(user.email(), user.id(), user.name(), user.groups()));
  }

  @Test
  void aTokenWithTooManyGroupsIsAcceptedWithoutThem() {
    Minted overage = ann().without("groups").claim("_claim_names", Map.of("groups", "src1"));

    assertEquals(Set.of(), configured.user(sent(overage)).groups());
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() {
    Configured several = configured.and("JWT_AUDIENCE", "toolgate,api://toolgate");

    assertEquals(
        "ann@example.org", several.user(sent(ann().claim("aud", "api://toolgate"))).email());
  }

  @Test
  void keysAreReadOnceForManyTokens() {
    configured.user(sent(ann()));
    configured.user(Sent.bearer(Provider.token(ann(), Provider.EC, "ES256")));

    assertEquals(1, provider.reads.get());
  }

  @Test
  void withoutKeysItCannotBeToldWhoItIs() {
    provider.status = 500;

    ProblemException problem =
        assertThrows(ProblemException.class, () -> configured.identify(sent(ann())));

    assertEquals(Problem.ACCESS_UNKNOWN, problem.problem());
  }
}
