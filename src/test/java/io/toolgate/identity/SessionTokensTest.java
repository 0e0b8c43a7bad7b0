package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {
  private static final Map<String, DirectoryUser> USERS =
      Map.of(
          "1", new DirectoryUser("Ann@example.org", "user"),
          "2", new DirectoryUser("boss@example.org", "admin"),
          "3", new DirectoryUser("new@example.org", "pending"));

  private static Configured sessions() {
    return Configured.sessions().knowing(USERS);
  }

  private static Sent session(Minted minted) {
    return Sent.bearer(minted.sign(Configured.SESSION_SECRET));
  }

  private static Sent session(String id) {
    return session(Minted.session(id));
  }

  @Test
  void itsUserIsLookedUp() {
    Caller.User user = sessions().user(session("1"));

    assertEquals(
        new Caller.User(
            "ann@example.org", "1", "", Set.of(), false, Proof.SESSION_TOKEN, Optional.empty()),
        user);
  }

  @Test
  void theRoleInTheTableMakesAnAdministrator() {
    assertTrue(sessions().user(session("2")).admin());
  }

  @Test
  void aPendingUserIsRefused() {
    assertTrue(sessions().refusal(session("3")).contains("approval"));
  }

  @Test
  void anUnknownUserIsRefused() {
    assertTrue(sessions().refusal(session("4")).contains("does not know"));
  }

  @Test
  void itsClaimsNeedNoLookUp() {
    Sent request =
        session(Minted.session("9").claim("email", "Eve@example.org").claim("role", "admin"));

    Caller.User user = Configured.sessions().user(request);

    assertEquals("eve@example.org", user.email());
    assertTrue(user.admin());
  }

  @Test
  void aPendingRoleInItsClaimsIsRefused() {
    Sent request =
        session(Minted.session("1").claim("email", "ann@example.org").claim("role", "pending"));

    assertTrue(sessions().refusal(request).contains("approval"));
  }

  @Test
  void anEmailWithoutARoleIsLookedUpAllTheSame() {
    Sent request = session(Minted.session("3").claim("email", "new@example.org"));

    assertTrue(sessions().refusal(request).contains("approval"));
  }

  @Test
  void withoutATableAndWithoutClaimsNobodyIsProven() {
    assertTrue(Configured.sessions().refusal(session("1")).contains("DATABASE_URL"));
  }

  @Test
  void withoutAnIdNobodyIsProven() {
    Sent request = session(Minted.session("1").without("id").claim("email", "ann@example.org"));

    assertTrue(sessions().refusal(request).contains("no id"));
  }

  @Test
  void somebodyElsesEmailInThePlainHeaderIsNotBelieved() {
    Configured configured = sessions();

    Caller.User user =
        configured.user(
            session("1")
                .withPlain("boss@example.org")
                .with("X-OpenWebUI-User-Id", "2")
                .with("X-OpenWebUI-User-Role", "admin"));

    assertEquals("ann@example.org", user.email());
    assertEquals(false, user.admin());
    assertEquals(1, configured.authentication().unprovenHeaders());
  }

  @Test
  void groupsInHeadersBesideItAreNotBelieved() {
    Configured configured =
        sessions().andKey().andGateway().and("FORWARDED_GROUPS_HEADER", "X-Groups");

    Caller.User user =
        configured.user(
            session("1")
                .with("X-API-Key", Configured.KEY)
                .with("X-Groups", "MCP-Admin")
                .with("X-User-Groups", "MCP-Admin")
                .with("X-Entra-Groups", "MCP-Admin")
                .with("X-Auth-Source", "entra-token"));

    assertEquals(Set.of(), user.groups());
    assertEquals(1, configured.authentication().unprovenHeaders());
  }

  @Test
  void theRoleBesideItIsNotBelievedEvenWithAKey() {
    Sent request =
        session("1")
            .with("X-API-Key", Configured.KEY)
            .withPlain("ann@example.org")
            .with("X-OpenWebUI-User-Role", "admin");

    assertEquals(false, sessions().andKey().user(request).admin());
  }

  @Test
  void withoutItsSecretItIsRefused() {
    assertTrue(Configured.key().refusal(session("1")).contains("WEBUI_SECRET_KEY"));
  }

  @Test
  void aCookieWithTheTokenProvesNothing() {
    String token = Minted.session("1").sign(Configured.SESSION_SECRET);

    assertEquals(
        Optional.empty(), sessions().identify(Sent.empty().with("Cookie", "token=" + token)));
  }

  @Test
  void aUserIsLookedUpOnceAMinute() {
    AtomicInteger asked = new AtomicInteger();
    Configured configured =
        Configured.sessions()
            .asking(
                id -> {
                  asked.incrementAndGet();
                  return CompletableFuture.completedFuture(Optional.ofNullable(USERS.get(id)));
                });

    configured.user(session("1"));
    configured.user(session("1"));

    assertEquals(1, asked.get());
  }

  @Test
  void aTableThatCannotBeReadLetsNobodyIn() {
    Configured configured =
        Configured.sessions()
            .asking(id -> CompletableFuture.failedFuture(Problem.ACCESS_UNKNOWN.because("Later.")));

    ProblemException problem =
        assertThrows(ProblemException.class, () -> configured.identify(session("1")));

    assertEquals(Problem.ACCESS_UNKNOWN, problem.problem());
  }

  /** As of Open WebUI up to 0.6.33, which sets no {@code exp} unless it is told to. */
  private static Minted endless(String id) {
    return Minted.session(id).without("exp");
  }

  private static Configured endlessSessions() {
    return sessions().and("ALLOW_SESSIONS_WITHOUT_EXPIRY", "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "false"})
  void oneThatNeverExpiresIsRefusedUnlessThatIsAllowed(String setting) {
    String refusal =
        sessions().and("ALLOW_SESSIONS_WITHOUT_EXPIRY", setting).refusal(session(endless("1")));

    assertTrue(refusal.contains("JWT_EXPIRES_IN"), refusal);
    assertTrue(refusal.contains("ALLOW_SESSIONS_WITHOUT_EXPIRY"), refusal);
  }

  @Test
  void oneThatNeverExpiresIsWorthWhatTheTableSays() {
    Configured configured = endlessSessions();
    Minted claiming =
        endless("1")
            .claim("email", "boss@example.org")
            .claim("preferred_username", "boss@example.org")
            .claim("role", "admin");

    Caller.User user = configured.user(session(claiming));

    assertEquals("ann@example.org", user.email());
    assertFalse(user.admin());
    assertTrue(configured.user(session(endless("2"))).admin());
    assertTrue(configured.refusal(session(endless("3"))).contains("approval"));
    assertTrue(configured.refusal(session(endless("4"))).contains("does not know"));
    assertEquals(
        "ann@example.org", configured.user(session(endless("1").claim("exp", null))).email());
  }

  @Test
  void oneThatExpiresIsAsBeforeWhereOthersAreAllowed() {
    Configured configured = endlessSessions();

    assertEquals("ann@example.org", configured.user(session("1")).email());
    for (Object ended : List.of(Minted.now() - 60, "never", -1, List.of())) {
      configured.refusal(session(Minted.session("1").claim("exp", ended)));
    }
    configured.refusal(Sent.bearer(endless("1").sign("another-secret-0123456789")));
    configured.refusal(Sent.bearer(endless("1").unsigned()));
  }

  @Test
  void withoutTheTableOneThatNeverExpiresIsRefusedWhateverItClaims() {
    Sent request = session(endless("1").claim("email", "ann@example.org").claim("role", "user"));

    String refusal =
        Configured.sessions().and("ALLOW_SESSIONS_WITHOUT_EXPIRY", "true").refusal(request);

    assertTrue(refusal.contains("DATABASE_URL"), refusal);
  }

  @Test
  void aTableThatCannotBeReadLetsNobodyInWhoseSessionNeverExpires() {
    Configured configured =
        endlessSessions()
            .asking(id -> CompletableFuture.failedFuture(Problem.ACCESS_UNKNOWN.because("Later.")));
    Sent request = session(endless("1").claim("email", "ann@example.org").claim("role", "user"));

    ProblemException problem =
        assertThrows(ProblemException.class, () -> configured.identify(request));

    assertEquals(Problem.ACCESS_UNKNOWN, problem.problem());
  }

  /** Deleted, back to waiting for approval, given another address or role. */
  @Test
  void whatChangesInTheTableIsSoWithinAMinuteThough() {
    AtomicLong now = new AtomicLong();
    AtomicReference<DirectoryUser> row = new AtomicReference<>(USERS.get("1"));
    SessionTokens tokens =
        new SessionTokens(
            Configured.SESSION_SECRET,
            new KnownUsers(
                id -> CompletableFuture.completedFuture(Optional.ofNullable(row.get())), now::get),
            true);
    Token token =
        Token.read(endless("1").claim("role", "user").sign(Configured.SESSION_SECRET), "It");
    assertEquals("ann@example.org", tokens.user(token).join().email());

    for (DirectoryUser next :
        Arrays.asList(
            new DirectoryUser("ann2@example.org", "admin"),
            new DirectoryUser("ann@example.org", "pending"),
            null)) {
      row.set(next);
      now.addAndGet(Duration.ofSeconds(60).toNanos());
      String seen =
          tokens.user(token).handle((user, no) -> no == null ? user.email() : "no").join();
      assertEquals(next == null || next.role().equals("pending") ? "no" : "ann2@example.org", seen);
    }
  }
}
