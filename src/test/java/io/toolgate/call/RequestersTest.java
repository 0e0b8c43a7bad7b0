package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.identity.Caller;
import io.toolgate.identity.Configured;
import io.toolgate.policy.Access;
import io.toolgate.policy.Deciding;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import io.toolgate.tenant.Sessions.Scope;
import io.toolgate.tenant.Told;
import io.toolgate.upstream.Requester;
import io.toolgate.upstream.Unstarted;
import io.toolgate.upstream.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestersTest {
  private static final String CHAT = "X-OpenWebUI-Chat-Id";
  private static final Caller ANN = Deciding.user("ann@example.org", "Sales");
  private static final Upstream ASKS = Unstarted.of(Scope.CHAT);
  private static final Upstream ASKS_NOT = Unstarted.of(Scope.SHARED);

  private final Requesters requesters =
      new Requesters(Configured.key().andSigned().andGateway().authentication(), CHAT);
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Deciding deciding = new Deciding().grant("Sales", "s");

  private Requester of(Caller caller, Upstream upstream) {
    Access access = deciding.accessOf(caller);
    return requesters.of(caller, access, upstream, name -> headers.getOrDefault(name, List.of()));
  }

  private Optional<String> chat(String... ids) {
    headers.put(CHAT, List.of(ids));
    return of(ANN, ASKS).told().chat();
  }

  @Test
  void tellsWhatIsProven() {
    headers.put("X-OpenWebUI-User-Email", List.of("eve@example.org"));

    Told told = of(ANN, ASKS).told();

    assertEquals(Optional.of("ann@example.org"), told.email());
    assertEquals(Optional.empty(), told.id());
    assertEquals(Set.of("Sales"), told.groups());
  }

  @Test
  void tellsNothingToAServerThatDoesNotAsk() {
    headers.put(CHAT, List.of("no id at all!"));

    assertSame(Told.NOBODY, of(ANN, ASKS_NOT).told());
  }

  @Test
  void tellsNoUserOfAKey() {
    headers.put("X-OpenWebUI-User-Email", List.of("eve@example.org"));

    Told told = of(new Caller.Service("a-key", Optional.empty()), ASKS).told();

    assertEquals(Optional.empty(), told.email());
    assertEquals(Optional.empty(), told.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0b7ad6b7-1692-4f33-8f11-000000000001", "local:Ab_9.x"})
  void takesAChat(String id) {
    assertEquals(Optional.of(id), chat(id));
  }

  @Test
  void takesAChatOf128CharactersAndNoLongerOne() {
    assertEquals(Optional.of("x".repeat(128)), chat("x".repeat(128)));
    refused("x".repeat(129));
  }

  @Test
  void noChatIsNone() {
    assertEquals(Optional.empty(), of(ANN, ASKS).told().chat());
    assertEquals(Optional.empty(), chat(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a\n", "a\u0000", "a\u007f", "ä", "a/b", "a,b", "../x", "\""})
  void refusesWhatIsNoChat(String id) {
    refused(id);
  }

  @Test
  void refusesTwoChats() {
    refused("a", "a");
    refused("a", "");
  }

  private void refused(String... ids) {
    ProblemException refused = assertThrows(ProblemException.class, () -> chat(ids));
    assertEquals(Problem.MALFORMED_HEADER, refused.problem());
  }

  @Test
  void handsAHeaderOnWithAllItsValues() {
    headers.put("X-Tag", List.of("1", "2"));

    assertEquals(Optional.of("1, 2"), of(ANN, ASKS_NOT).headers().apply("x-tag"));
    assertEquals(Optional.empty(), of(ANN, ASKS_NOT).headers().apply("x-none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "x-api-key",
        "x-openwebui-user-jwt",
        "x-openwebui-user-email",
        "x-openwebui-user-id",
        "x-openwebui-user-name",
        "x-openwebui-user-role",
        "x-gateway-secret",
        "x-user-email",
        "x-user-groups"
      })
  void neverHandsOnWhatItReadsItself(String name) {
    headers.put(name, List.of("secret-or-claim"));

    assertEquals(Optional.empty(), of(ANN, ASKS).headers().apply(name));
  }

  @Test
  void givesTheCredentialsOfTheCallersGroup() {
    deciding.key("Sales", "s", "TOKEN", "sales-6").key("Other", "s", "TOKEN", "other-7");

    assertEquals(
        Optional.of("Sales"), of(ANN, ASKS_NOT).credentials().map(GroupCredentials::group));
    assertEquals(Map.of("TOKEN", "sales-6"), of(ANN, ASKS).credentials().get().values());
  }
}
