package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.identity.Caller;
import io.toolgate.policy.PolicySettings.GroupsFrom;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final String ANN = "ann@example.org";

  private final Deciding deciding =
      new Deciding()
          .grant("dev", "github", "jenkins")
          .grant("ops", "kubernetes")
          .grant("empty-handed")
          .member("Ann@Example.org", "dev");

  private static boolean everything(Access access) {
    return access.grants("anything") && access.toolsOf("anything", Map.of()).test("any");
  }

  @Test
  void grantsAUserNothingByDefault() {
    Access access = deciding.accessOf("nobody@example.org");

    assertFalse(access.grants("github"));
    assertFalse(access.toolsOf("github", Map.of()).test("any"));
    assertFalse(access.refreshes());
    assertFalse(access.diagnoses());
  }

  @Test
  void grantsWhatTheGroupsOfAUserGrantWhateverTheCaseOfTheAddress() {
    Access access = deciding.member("ANN@example.ORG", "ops").accessOf(ANN);

    assertTrue(access.grants("github"));
    assertTrue(access.grants("kubernetes"));
    assertFalse(access.grants("GitHub"));
    assertFalse(access.grants("gitlab"));
  }

  @Test
  void comparesOnlyAsciiLettersWithoutCase() {
    Access access =
        deciding.member("\u0130nn@example.org", "ops").accessOf("i\u0307nn@example.org");

    assertFalse(access.grants("kubernetes"));
  }

  @Test
  void grantsASingleUserAWholeServer() {
    Access access = deciding.userGrant(ANN, "slack").deny("dev", "slack", "*").accessOf(ANN);

    assertTrue(access.toolsOf("slack", Map.of()).test("post"));
    assertTrue(access.grants("github"));
  }

  @Test
  void joinsGroupsOfTheProofWithThoseOfTheDatabase() {
    Access access = deciding.accessOf(Deciding.user(ANN, "ops", "never-heard-of"));

    assertTrue(access.grants("github"));
    assertTrue(access.grants("kubernetes"));
  }

  @Test
  void takesGroupsFromTheDatabaseOnlyWhereToldSo() {
    Access access =
        deciding.groupsFrom(GroupsFrom.DATABASE).accessOf(Deciding.user(ANN, "ops", "MCP-Admin"));

    assertTrue(access.grants("github"));
    assertFalse(access.grants("kubernetes"));
    assertFalse(access.diagnoses());
  }

  @Test
  void takesGroupsFromTheProofOnlyWhereToldSo() {
    Access access =
        deciding
            .member(ANN, "MCP-Admin")
            .groupsFrom(GroupsFrom.PROOF)
            .accessOf(Deciding.user(ANN, "ops"));

    assertFalse(access.grants("github"));
    assertTrue(access.grants("kubernetes"));
    assertFalse(access.diagnoses());
  }

  @Test
  void administratorsByGroupOrAddressUseEveryServer() {
    deciding.adminEmails(" Root@Example.org ", "").member("boss@example.org", "MCP-Admin");
    Access byAddress = deciding.accessOf("root@example.org");
    Access byGroup = deciding.accessOf("boss@example.org");
    Access byProof = deciding.accessOf(Deciding.user(ANN, "MCP-Admin"));

    for (Access access : new Access[] {byAddress, byGroup, byProof}) {
      assertTrue(everything(access));
      assertTrue(access.refreshes());
      assertTrue(access.diagnoses());
    }
  }

  @Test
  void aMarkAsAdminAdministersButGrantsNoTools() {
    Access byTable = deciding.adminStatus("Chef@example.org", true).accessOf("chef@example.org");
    Access byProof = deciding.accessOf(Deciding.user(ANN, Set.of(), true, Optional.empty()));
    Access not = deciding.adminStatus("cook@example.org", false).accessOf("cook@example.org");

    assertTrue(byTable.refreshes());
    assertTrue(byTable.diagnoses());
    assertFalse(byTable.grants("github"));
    assertTrue(byProof.diagnoses());
    assertFalse(byProof.grants("kubernetes"));
    assertFalse(not.refreshes());
  }

  @Test
  void aKeyUsesEveryServerOrThoseOfItsGroups() {
    Access all = deciding.accessOf(new Caller.Service("k", Optional.empty()));
    Access some = deciding.accessOf(Deciding.key("ops", "unknown"));
    Access none = deciding.accessOf(Deciding.key());
    Access admins = deciding.accessOf(Deciding.key("MCP-Admin"));

    assertTrue(everything(all));
    assertTrue(all.refreshes());
    assertFalse(all.diagnoses());
    assertTrue(some.grants("kubernetes"));
    assertFalse(some.grants("github"));
    assertFalse(none.grants("kubernetes"));
    assertTrue(everything(admins));
  }

  @Test
  void aKeyLimitedToGroupsLimitsTheUserAndGivesNothing() {
    Caller.User limited = Deciding.user(ANN, Set.of(), false, Optional.of(Set.of("ops", "dev-2")));
    Caller.User root =
        Deciding.user("root@example.org", Set.of(), false, Optional.of(Set.of("ops")));
    deciding.grant("dev-2", "jenkins").adminEmails("root@example.org");

    assertTrue(deciding.accessOf(limited).grants("jenkins"));
    assertFalse(deciding.accessOf(limited).grants("github"));
    assertFalse(deciding.accessOf(limited).grants("kubernetes"));
    assertTrue(deciding.accessOf(root).grants("kubernetes"));
    assertFalse(deciding.accessOf(root).grants("github"));
  }

  @Test
  void anonymousCallersUseEverythingAndAreNeverAdmin() {
    Access here = deciding.accessOf(new Caller.Anonymous());
    Access anywhere = deciding.openToAll().accessOf(new Caller.Anonymous());

    assertTrue(everything(here));
    assertTrue(here.refreshes());
    assertTrue(here.diagnoses());
    assertTrue(everything(anywhere));
    assertFalse(anywhere.refreshes());
    assertFalse(anywhere.diagnoses());
  }

  @Test
  void readersWithoutProofSeeEverythingAndMayDoNothing() {
    Access access = deciding.policy().withoutProof();

    assertTrue(everything(access));
    assertFalse(access.refreshes());
    assertFalse(access.diagnoses());
  }

  @Test
  void aGroupsConnectionGivesWhatCallerAndGroupBothMay() {
    deciding
        .member(ANN, "ops")
        .grant("dev", "kubernetes")
        .allow("dev", "kubernetes", "get_*")
        .deny("ops", "kubernetes", "get_secrets");
    Access access = deciding.policy().accessOf(Deciding.user(ANN), "dev").orElseThrow();

    assertTrue(access.grants("github"));
    assertTrue(access.toolsOf("kubernetes", Map.of()).test("get_secrets"));
    assertFalse(access.toolsOf("kubernetes", Map.of()).test("delete_pod"));
  }

  @Test
  void aGroupsConnectionIsLimitedByTheKeyToo() {
    Caller.User limited = Deciding.user(ANN, Set.of(), false, Optional.of(Set.of("ops")));

    Access access = deciding.policy().accessOf(limited, "dev").orElseThrow();

    assertFalse(access.grants("github"));
  }

  @Test
  void aForeignGroupsConnectionIsNoneLikeAnUnknownOne() {
    Policy policy = deciding.adminEmails("root@example.org").policy();

    assertEquals(Optional.empty(), policy.accessOf(Deciding.user(ANN), "ops"));
    assertEquals(Optional.empty(), policy.accessOf(Deciding.user(ANN), "unknown"));
    assertEquals(Optional.empty(), policy.accessOf(Deciding.key("dev"), "ops"));
    assertEquals(
        Optional.empty(), policy.accessOf(new Caller.Service("k", Optional.empty()), "unknown"));
    assertTrue(policy.accessOf(new Caller.Service("k", Optional.empty()), "ops").isPresent());
    assertTrue(policy.accessOf(Deciding.key("dev"), "dev").isPresent());
    assertTrue(policy.accessOf(Deciding.user("root@example.org"), "ops").isPresent());
    assertTrue(policy.accessOf(Deciding.user(ANN, "ops"), "ops").isPresent());
    assertTrue(policy.accessOf(new Caller.Anonymous(), "ops").isPresent());
  }

  @Test
  void decidesNothingThatDependsOnGrantsWhileTheyAreUnknown() {
    Policy policy =
        new Policy(
            () -> {
              throw Problem.ACCESS_UNKNOWN.because("unknown");
            },
            () -> GrantsState.NEVER_READ,
            false,
            new Deciding().adminEmails(ANN));

    for (Caller caller : new Caller[] {Deciding.user(ANN), Deciding.key("dev")}) {
      ProblemException problem =
          assertThrows(ProblemException.class, () -> policy.accessOf(caller));
      assertEquals(Problem.ACCESS_UNKNOWN, problem.problem());
    }
    assertThrows(ProblemException.class, () -> policy.accessOf(new Caller.Anonymous(), "dev"));
    assertTrue(everything(policy.accessOf(new Caller.Service("k", Optional.empty()))));
    assertTrue(everything(policy.accessOf(new Caller.Anonymous())));
  }
}
