package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRulesTest {
  private static final String ANN = "ann@example.org";
  private final Deciding deciding = new Deciding().member(ANN, "dev").grant("dev", "github");

  private Predicate<String> tools(String... names) {
    return deciding.accessOf(ANN).toolsOf("github", List.of(names));
  }

  private List<String> usable(String... names) {
    return List.of(names).stream().filter(tools(names)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          github_get_repo    | get_repo,delete_repo             | get_repo
          github_get_*       | get_repo,get_user,delete_repo    | get_repo,get_user
          github_*           | get_repo,delete_repo             | get_repo,delete_repo
          github_*_repo      | get_repo,get_user                | get_repo
          github_get_repo    | github_get_repo,get_repo         | github_get_repo
          github_*           | github_get_repo,delete_repo      | github_get_repo
          github_github_x    | github_x,x                       | github_x
          GitHub_get_repo    | get_repo                         | ''
          githubget_repo     | get_repo                         | ''
          git_get_repo       | get_repo                         | ''
          *_get_repo         | get_repo                         | ''
          github_            | get_repo                         | ''
          """)
  void anAllowedToolMayBeNamedAsInTheDocumentIfNoToolHasThatName(
      String pattern, String names, String usable) {
    deciding.allow("dev", "github", pattern);

    assertEquals(usable, String.join(",", usable(names.split(","))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          github_get_repo    | get_repo,delete_repo             | delete_repo
          github_get_*       | get_repo,get_user,delete_repo    | delete_repo
          github_get_repo    | github_get_repo,get_repo,other   | other
          github_delete_*    | github_delete_all,delete_repo,x  | x
          github_*           | github_get_repo,delete_repo      | ''
          git_get_repo       | get_repo                         | get_repo
          """)
  void aDeniedToolIsDeniedByEitherName(String pattern, String names, String usable) {
    deciding.deny("dev", "github", pattern);

    assertEquals(usable, String.join(",", usable(names.split(","))));
  }

  @Test
  void whatAPatternMeansIsWorkedOutAgainForOtherTools() {
    deciding.allow("dev", "github", "github_x");
    Access access = deciding.accessOf(ANN);

    assertTrue(access.toolsOf("github", List.of("x")).test("x"));
    assertFalse(access.toolsOf("github", List.of("x", "github_x")).test("x"));
    assertEquals(
        BitSet.valueOf(new long[] {0b10}), access.placesIn("github", List.of("x", "github_x")));
  }

  @Test
  void noRuleMeansAllTools() {
    assertTrue(tools().test("anything"));
  }

  @Test
  void onlyDeniesLeaveAllOthers() {
    deciding.deny("dev", "github", "delete_repo").deny("dev", "github", "admin_*");

    assertTrue(tools().test("get_repo"));
    assertFalse(tools().test("delete_repo"));
    assertFalse(tools().test("admin_users"));
  }

  @Test
  void anyAllowLeavesOnlyThoseMinusTheDenies() {
    deciding.allow("dev", "github", "get_*").deny("dev", "github", "get_secret");

    assertTrue(tools().test("get_repo"));
    assertFalse(tools().test("get_secret"));
    assertFalse(tools().test("search"));
  }

  @Test
  void severalGroupsGiveTheUnion() {
    deciding
        .member(ANN, "search")
        .grant("search", "github")
        .allow("dev", "github", "get_*")
        .deny("dev", "github", "search_code")
        .allow("search", "github", "search_*");

    assertTrue(tools().test("get_repo"));
    assertTrue(tools().test("search_code"));
    assertFalse(tools().test("delete_repo"));
  }

  @Test
  void placesAreThoseOfTheNamesThatMayBeUsed() {
    deciding
        .member(ANN, "search")
        .grant("search", "github")
        .allow("dev", "github", "get_*")
        .deny("dev", "github", "get_secret")
        .allow("search", "github", "search_*");
    Access access = deciding.accessOf(ANN);

    assertEquals(
        BitSet.valueOf(new long[] {0b0101}),
        access.placesIn("github", List.of("get_repo", "get_secret", "search_code", "delete_repo")));
    assertEquals(
        BitSet.valueOf(new long[] {0b10}),
        access.placesIn("github", List.of("get_secret", "get_user")));
    assertEquals(new BitSet(), access.placesIn("gitlab", List.of("get_repo")));
  }

  @Test
  void placesThroughAGroupAreThoseThatBothMayUse() {
    deciding
        .member(ANN, "all")
        .grant("all", "github")
        .deny("all", "github", "other")
        .allow("dev", "github", "get_*");
    List<String> names = List.of("get_repo", "delete_repo");

    assertEquals(
        BitSet.valueOf(new long[] {0b11}), deciding.accessOf(ANN).placesIn("github", names));
    assertEquals(
        BitSet.valueOf(new long[] {0b01}),
        deciding
            .policy()
            .accessOf(Deciding.user(ANN), "dev")
            .orElseThrow()
            .placesIn("github", names));
  }

  @Test
  void aGroupWithoutRulesOutweighsTheRulesOfAnother() {
    deciding.member(ANN, "all").grant("all", "github").deny("dev", "github", "*");

    assertTrue(tools().test("delete_repo"));
  }

  @Test
  void rulesOfAnotherGroupOrServerChangeNothing() {
    deciding.deny("other", "github", "*").deny("dev", "gitlab", "*");

    assertTrue(tools().test("get_repo"));
  }

  @Test
  void aRuleWithoutAGrantGivesNothing() {
    deciding.allow("dev", "slack", "*").allow("ghosts", "github", "*").member(ANN, "ghosts");

    assertFalse(deciding.accessOf(ANN).grants("slack"));
  }

  @Test
  void theServerIsStillGrantedWhenNoToolIsLeft() {
    deciding.deny("dev", "github", "*");

    assertTrue(deciding.accessOf(ANN).grants("github"));
    assertFalse(tools().test("get_repo"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          get_*,        get_,        true
          get_*,        GET_repo,    false
          get_*,        forget_it,   false
          *_repo,       get_repo,    true
          *_repo,       get_repos,   false
          *,            anything,    true
          **,           anything,    true
          a*b*c,        abbc,        true
          a*b*c,        acb,         false
          *a*a*,        xaxax,       true
          *a*a*,        xax,         false
          get.repo,     get-repo,    false
          get?repo,     get_repo,    false
          'get_%',      get_repo,    false
          a*,           b,           false
          *ab,          aab,         true
          """)
  void aStarStandsForAnyText(String pattern, String tool, boolean matches) {
    deciding.allow("dev", "github", pattern);

    assertEquals(matches, tools().test(tool));
  }

  @Test
  void aHostilePatternTakesNoLongTime() {
    deciding.allow("dev", "github", "*a".repeat(200) + "b");

    boolean allowed = assertTimeoutPreemptively(Await.LIMIT, () -> tools().test("a".repeat(2_000)));

    assertFalse(allowed);
  }
}
