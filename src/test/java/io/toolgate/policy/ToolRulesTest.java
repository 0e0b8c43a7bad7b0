package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.Await;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRulesTest {
  private static final String ANN = "ann@example.org";
  private final Deciding deciding = new Deciding().member(ANN, "dev").grant("dev", "github");

  private Predicate<String> tools(String... names) {
    return deciding.accessOf(ANN).toolsOf("github", listed(names));
  }

  /** Tools that the document names {@code {server}_{tool}}. */
  private static Map<String, String> listed(String... names) {
    Map<String, String> tools = new LinkedHashMap<>();
    for (String name : names) {
      tools.put(name, "github_" + name);
    }
    return tools;
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

  private static final String SHOWN =
      """
      plain         | my_srv_plain_5ab4ebbd         | my.srv | plain        | my_srv_plain_5ab4ebbd
      plain         | my_srv_plain*                 | my.srv | plain        | my_srv_plain_5ab4ebbd
      plain         | my_srv_*                      | my.srv | plain        | my_srv_plain_5ab4ebbd
      plain         | my.srv_plain                  | my.srv | plain        | my_srv_plain_5ab4ebbd
      ''            | my_*                          | my.srv | plain        | my_srv_plain_5ab4ebbd
      ''            | *_5ab4ebbd                    | my.srv | plain        | my_srv_plain_5ab4ebbd
      ''            | My_srv_plain_5ab4ebbd         | my.srv | plain        | my_srv_plain_5ab4ebbd
      ''            | my_srv_plain                  | my.srv | plain        | my_srv_plain_5ab4ebbd
      files/delete  | mysrv_files_delete_3b2170ae   | mysrv  | files/delete | mysrv_files_delete_3b2170ae
      files/delete  | mysrv_files_*                 | mysrv  | files/delete | mysrv_files_delete_3b2170ae
      files/delete  | mysrv_files/delete            | mysrv  | files/delete | mysrv_files_delete_3b2170ae
      files/delete  | mysrv_*                       | mysrv  | files/delete | mysrv_files_delete_3b2170ae
      a b           | mysrv_a_b_11112222            | mysrv  | a b          | mysrv_a_b_11112222
      löschen       | mysrv_l_schen_11112222        | mysrv  | löschen      | mysrv_l_schen_11112222
      a*b           | mysrv_a_b_11112222            | mysrv  | a*b          | mysrv_a_b_11112222
      x             | _1srv_x_11112222              | 1srv   | x            | _1srv_x_11112222
      c             | a_b_c_11112222                | a_b    | c            | a_b_c_11112222
      """;

  /** The tool of the document's name stands beside another, which no row names. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = SHOWN)
  void aToolMayBeNamedAsTheDocumentShowsItWhereItCannotShowItsName(
      String meant, String pattern, String server, String tool, String shown) {
    Map<String, String> tools = new LinkedHashMap<>();
    tools.put(tool, shown);
    tools.put("other", pattern.endsWith("srv_*") ? shown + "2" : server + "_other");
    List<String> fitting =
        meant.isEmpty()
            ? List.of()
            : pattern.endsWith("srv_*") ? List.of(tool, "other") : List.of(tool);
    Deciding allowing = new Deciding().member(ANN, "dev").grant("dev", server);
    Deciding denying = new Deciding().member(ANN, "dev").grant("dev", server);

    Access allowed = allowing.allow("dev", server, pattern).accessOf(ANN);
    Access denied = denying.deny("dev", server, pattern).accessOf(ANN);

    for (String name : tools.keySet()) {
      assertEquals(fitting.contains(name), allowed.toolsOf(server, tools).test(name), name);
      assertEquals(!fitting.contains(name), denied.toolsOf(server, tools).test(name), name);
    }
  }

  @Test
  void aToolsOwnNameOutweighsOneThatTheDocumentShowsOfAnother() {
    Map<String, String> tools =
        Map.of("a.b", "github_a_b_1", "github_a_b_1", "github_github_a_b_1");
    Access allowed = deciding.allow("dev", "github", "github_a_b_1").accessOf(ANN);
    Deciding denying = new Deciding().member(ANN, "dev").grant("dev", "github");
    Access denied = denying.deny("dev", "github", "github_a_b_1").accessOf(ANN);

    assertTrue(allowed.toolsOf("github", tools).test("github_a_b_1"));
    assertFalse(allowed.toolsOf("github", tools).test("a.b"));
    assertFalse(denied.toolsOf("github", tools).test("github_a_b_1"));
    assertFalse(denied.toolsOf("github", tools).test("a.b"));
  }

  @Test
  void whatAPatternMeansIsWorkedOutAgainForOtherTools() {
    deciding.allow("dev", "github", "github_x");
    Access access = deciding.accessOf(ANN);

    assertTrue(access.toolsOf("github", listed("x")).test("x"));
    assertFalse(access.toolsOf("github", listed("x", "github_x")).test("x"));
    assertEquals(
        BitSet.valueOf(new long[] {0b10}), access.placesIn("github", listed("x", "github_x")));
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
        access.placesIn("github", listed("get_repo", "get_secret", "search_code", "delete_repo")));
    assertEquals(
        BitSet.valueOf(new long[] {0b10}),
        access.placesIn("github", listed("get_secret", "get_user")));
    assertEquals(new BitSet(), access.placesIn("gitlab", listed("get_repo")));
  }

  @Test
  void placesThroughAGroupAreThoseThatBothMayUse() {
    deciding
        .member(ANN, "all")
        .grant("all", "github")
        .deny("all", "github", "other")
        .allow("dev", "github", "get_*");
    Map<String, String> names = listed("get_repo", "delete_repo");

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
