package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.identity.Caller;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.GroupCredentials;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose credentials a call is made with. */
class CredentialAccessTest {
  private static final String ANN = "ann@example.org";
  private static final Optional<String> NOBODYS = Optional.empty();
  private static final Caller.Service EVERY_SERVER = new Caller.Service("k", Optional.empty());

  private final Deciding deciding =
      new Deciding()
          .grant("dev", "github", "jira")
          .grant("ops", "github")
          .key("ops", "github", "TOKEN", "of ops")
          .key("dev", "jira", "TOKEN", "of dev");

  private static Optional<String> token(Access access, String server) {
    return access.credentials(server).map(credentials -> credentials.values().get("TOKEN"));
  }

  private Optional<String> github(Caller caller) {
    return token(deciding.accessOf(caller), "github");
  }

  private Optional<String> github(Caller caller, String group) {
    return token(deciding.policy().accessOf(caller, group).orElseThrow(), "github");
  }

  private static Caller.User within(String email, String... groups) {
    return Deciding.user(email, Set.of(), false, Optional.of(Set.of(groups)));
  }

  @Test
  void aMemberHasThoseOfTheGroup() {
    deciding.member(ANN, "ops", "dev");

    assertEquals(Optional.of("of ops"), github(Deciding.user(ANN)));
    assertEquals(Optional.of("of dev"), token(deciding.accessOf(ANN), "jira"));
  }

  @Test
  void aUserOfNoSuchGroupHasNone() {
    deciding.member("bob@example.org", "dev").userGrant("carl@example.org", "github");

    assertEquals(NOBODYS, github(Deciding.user("bob@example.org")));
    assertEquals(NOBODYS, github(Deciding.user("carl@example.org")));
    assertEquals(NOBODYS, github(Deciding.user(ANN)));
  }

  @Test
  void aGroupThatDoesNotGrantTheServerDoesNotCount() {
    deciding.member(ANN, "a", "dev").key("a", "github", "TOKEN", "of a");

    assertEquals(NOBODYS, github(Deciding.user(ANN)));
    assertEquals(NOBODYS, github(Deciding.user(ANN, "a")));
  }

  @Test
  void theFirstGroupByNameCountsAndItsSetIsWhole() {
    deciding
        .member(ANN, "ops", "Zebra", "dev")
        .grant("Zebra", "github")
        .key("Zebra", "github", "OTHER", "of Zebra")
        .endpoint("ops", "github", "https://ops.example.org/mcp");

    Access access = deciding.accessOf(ANN);

    assertEquals(
        Optional.of(new GroupCredentials("Zebra", Map.of("OTHER", "of Zebra"), Optional.empty())),
        access.credentials("github"));
    assertEquals(Optional.of("Zebra"), access.credentialsOf("github"));
  }

  @Test
  void groupsOfTheProofCountInTheSameOrder() {
    deciding.member(ANN, "ops").grant("all", "github").key("all", "github", "TOKEN", "of all");

    assertEquals(Optional.of("of all"), github(Deciding.user(ANN, "all")));
    assertEquals(Optional.of("of ops"), github(Deciding.user(ANN, "unheard")));
  }

  @Test
  void anAddressAloneIsASetToo() {
    deciding
        .member(ANN, "dev")
        .endpoint("dev", "github", "https://github.example.org:8443/mcp?x=1");

    assertEquals(
        Optional.of(
            new GroupCredentials(
                "dev",
                Map.of(),
                Optional.of(URI.create("https://github.example.org:8443/mcp?x=1")))),
        deciding.accessOf(ANN).credentials("github"));
  }

  @Test
  void administratorsHaveThoseOfTheirOwnGroupsOnly() {
    deciding
        .adminEmails("root@example.org")
        .member("boss@example.org", "MCP-Admin", "ops")
        .key("MCP-Admin", "github", "TOKEN", "of the admins");

    assertEquals(NOBODYS, github(Deciding.user("root@example.org")));
    assertEquals(Optional.of("of ops"), github(Deciding.user("boss@example.org")));
  }

  @Test
  void theAdminGroupCountsWhereItIsGrantedTheServerByARow() {
    deciding
        .member("boss@example.org", "MCP-Admin", "ops")
        .grant("MCP-Admin", "github")
        .key("MCP-Admin", "github", "TOKEN", "of the admins");

    assertEquals(Optional.of("of the admins"), github(Deciding.user("boss@example.org")));
  }

  @Test
  void aGroupsConnectionTakesThoseOfItsGroupAndNoOther() {
    deciding
        .member(ANN, "ops", "dev", "a")
        .grant("a", "github")
        .key("a", "github", "TOKEN", "of a");

    assertEquals(Optional.of("of a"), github(Deciding.user(ANN)));
    assertEquals(Optional.of("of ops"), github(Deciding.user(ANN), "ops"));
    assertEquals(NOBODYS, github(Deciding.user(ANN), "dev"));
  }

  @Test
  void administratorsAndKeysForAllChooseByTheAddress() {
    deciding.adminEmails("root@example.org");

    assertEquals(Optional.of("of ops"), github(Deciding.user("root@example.org"), "ops"));
    assertEquals(Optional.of("of ops"), github(EVERY_SERVER, "ops"));
    assertEquals(NOBODYS, github(EVERY_SERVER, "dev"));
  }

  @Test
  void aKeyHasThoseOfItsGroups() {
    assertEquals(Optional.of("of ops"), github(Deciding.key("ops", "dev")));
    assertEquals(Optional.of("of ops"), github(Deciding.key("ops", "MCP-Admin")));
    assertEquals(NOBODYS, github(Deciding.key("MCP-Admin")));
    assertEquals(NOBODYS, github(EVERY_SERVER));
  }

  @Test
  void callersWithoutProofHaveNoneWhateverTheAddress() {
    assertEquals(NOBODYS, github(new Caller.Anonymous()));
    assertEquals(NOBODYS, github(new Caller.Anonymous(), "ops"));
    assertEquals(NOBODYS, token(deciding.policy().withoutProof(), "github"));
  }

  @Test
  void aKeyThatLimitsTheUserLimitsTheCredentials() {
    deciding.member(ANN, "ops", "dev").adminEmails("root@example.org");

    assertEquals(NOBODYS, github(within(ANN, "dev")));
    assertEquals(NOBODYS, github(within(ANN, "nothing")));
    assertEquals(Optional.of("of ops"), github(within(ANN, "ops")));
    assertEquals(Optional.of("of ops"), github(within(ANN, "MCP-Admin")));
    assertEquals(NOBODYS, github(within(ANN, "dev"), "ops"));
    assertEquals(Optional.of("of ops"), github(within(ANN, "ops"), "ops"));
    assertEquals(NOBODYS, github(within("root@example.org", "dev"), "ops"));
  }

  @Test
  void aSetThatCannotBeReadFailsAndIsReplacedByNoOther() {
    deciding
        .member(ANN, "dev", "ops")
        .key("dev", "github", "TOKEN", "of dev")
        .key("dev", "github", "BROKEN", "tgenc:1:00000000:my-secret");
    Access access = deciding.accessOf(ANN);

    ProblemException problem =
        assertThrows(ProblemException.class, () -> access.credentials("github"));

    assertEquals(Problem.UPSTREAM_UNAVAILABLE, problem.problem());
    assertFalse(problem.getMessage().contains("my-secret"), problem.getMessage());
    assertEquals(Optional.of("dev"), access.credentialsOf("github"));
    assertEquals(Optional.of("of ops"), github(Deciding.user(ANN), "ops"));
    assertEquals(NOBODYS, token(access, "jira").filter(value -> !value.equals("of dev")));
  }

  @Test
  void aServerThatIsNotGrantedHasNone() {
    deciding.member(ANN, "ops");

    Access access = deciding.accessOf(ANN);

    assertEquals(NOBODYS, token(access, "jira"));
    assertEquals(NOBODYS, access.credentialsOf("jira"));
  }
}
