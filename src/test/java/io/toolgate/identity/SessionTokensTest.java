package io.toolgate.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
}
