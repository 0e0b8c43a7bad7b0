package io.toolgate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.policy.PolicySettings.GroupsFrom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that grant nothing are told, with what was probably meant; others are not. */
class RowReviewTest {
  private static final Map<String, KnownServer> SERVERS =
      Map.of(
          "memory",
          tools("memory", "read_graph", "delete_entities", "delete_relations"),
          "github",
          tools("github", "get_repo", "repo.read", "list-issues"),
          "sequential-thinking",
          new KnownServer(Optional.empty()),
          "quiet",
          new KnownServer(Optional.of(Map.of())));

  private final Deciding deciding =
      new Deciding().member("ann@example.org", "Developers").grant("Developers", "memory");

  private static KnownServer tools(String server, String... names) {
    return new KnownServer(
        Optional.of(
            Stream.of(names)
                .collect(
                    Collectors.toMap(
                        Function.identity(), name -> server + "_" + name.replace('.', '_')))));
  }

  private String sentence() {
    List<String> sentences = deciding.reviewed(SERVERS);
    assertEquals(1, sentences.size(), sentences.toString());
    return sentences.get(0);
  }

  private void assertNames(String word, String meant) {
    String sentence = sentence();
    assertTrue(sentence.contains('"' + word + '"'), sentence);
    assertTrue(
        meant == null
            ? !sentence.contains("did you mean")
            : sentence.endsWith("did you mean \"" + meant + "\"?"),
        sentence);
  }

  @Test
  void rowsThatMeanSomethingAreNotTold() {
    deciding
        .grant("Developers", "sequential-thinking", "quiet")
        .allow("Developers", "memory", "read_*")
        .deny("Developers", "memory", "memory_delete_entities")
        .allow("Developers", "sequential-thinking", "whatever")
        .userGrant("bob@example.org", "github")
        .key("Developers", "memory", "KEY", "value")
        .adminStatus("cat@example.org", true);

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          githb,               github
          Memory,              memory
          MEMORY,              memory
          'memory ',           memory
          /memory,             memory
          memory/,             memory
          memory_read_graph,   memory
          sequential_thinking, sequential-thinking
          SequentialThinking,  sequential-thinking
          nothing-like-it,
          """)
  void aServerThatThereIsNot(String word, String meant) {
    deciding.grant("Developers", word);

    assertNames(word, meant);
  }

  @ParameterizedTest
  @CsvSource(textBlock = "githb, github\nMemory, memory\nelsewhere,")
  void aServerThatThereIsNotForAUser(String word, String meant) {
    deciding.userGrant("ann@example.org", word).userGrant("bob@example.org", word);

    assertNames(word, meant);
  }

  @Test
  void aServerThatThereIsNotForSeveralGroupsIsToldOnce() {
    deciding.grant("A", "githb").grant("B", "githb").grant("C", "githb");

    assertTrue(sentence().contains("\"A\" and 2 more"), sentence());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          read_grahp,              read_graph
          Read_Graph,              read_graph
          read-graph,              read_graph
          READ_*,                  read_*
          read-*,                  read_*
          read_%,                  read_*
          read_.*,                 read_*
          'read_graph ',           read_graph
          memory/read_graph,       read_graph
          /memory/read_graph,      read_graph
          memory.read_graph,       read_graph
          Memory_read_graph,       read_graph
          dev_memory_read_graph,   read_graph
          *_read_graph,            read_graph
          memory_read_grahp,       read_graph
          drop_everything,
          drop_*,
          '',
          """)
  void aToolThatTheServerHasNot(String word, String meant) {
    deciding.allow("Developers", "memory", word);
    assertNames(word, meant);
  }

  @Test
  void aToolThatTheServerHasNotIsToldOfDenialsToo() {
    deciding.deny("Developers", "memory", "delete_entitys");

    assertNames("delete_entitys", "delete_entities");
  }

  @Test
  void aDenialOfWhatThereIsNotIsAPrecaution() {
    deciding.deny("Developers", "memory", "drop_*").deny("Developers", "memory", "drop_everything");

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @Test
  void aNameThatTheDocumentGaveAToolWhoseOwnItCannotShow() {
    deciding
        .grant("Developers", "github")
        .allow("Developers", "github", "github_repo_read")
        .deny("Developers", "github", "github_repo_r*");

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential-thinking", "quiet"})
  void toolsOfAServerThatToldNoneAreNotJudged(String server) {
    deciding.grant("Developers", server).allow("Developers", server, "anything");

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          developers, memory, Developers
          Developrs,  memory, Developers
          Others,     memory,
          Developers, githb,  github
          """)
  void rulesAndCredentialsThatHaveNoGrantToAddTo(String group, String server, String meant) {
    deciding.allow(group, server, "*");
    String ofRule = sentence();
    Deciding other = new Deciding().member("ann@example.org", "Developers");
    other.grant("Developers", "memory").key(group, server, "KEY", "secret-value");
    String ofKey = other.reviewed(SERVERS).get(0);

    assertEquals(1, other.reviewed(SERVERS).size());
    for (String sentence : List.of(ofRule, ofKey)) {
      assertTrue(sentence.contains(group) && sentence.contains(server), sentence);
      assertEquals(meant != null, sentence.contains("did you mean \"" + meant + "\"?"), sentence);
    }
    assertTrue(!ofKey.contains("secret-value"), ofKey);
  }

  @Test
  void anAddressOfAGroupThatHasNoGrantIsToldToo() {
    deciding.endpoint("developers", "memory", "https://memory.example.org/mcp");

    assertNames("developers", "Developers");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          developers, Developers
          DEVELOPERS, Developers
          'Developers ', Developers
          Developrs,  Developers
          mcp-admin,  MCP-Admin
          """)
  void aGroupWithMembersOfWhichAnotherSpellingHasTheRights(String group, String meant) {
    deciding.member("bob@example.org", group);

    assertNames(group, meant);
  }

  @Test
  void aGroupWithRightsOfWhichAnotherSpellingHasTheMembers() {
    deciding.grant("developers", "memory");

    assertNames("developers", "Developers");
  }

  @Test
  void twoGroupsOfWhichOneHasTheRightsAndTheOtherTheMembersAreToldOnce() {
    deciding.grant("Support", "github").member("bob@example.org", "support");

    assertNames("support", "Support");
  }

  @Test
  void groupsThatAreOtherOnesAreNotTold() {
    deciding
        .member("bob@example.org", "Marketing", "Team1", "MCP-Admin")
        .grant("Team2", "memory")
        .grant("Empty", "memory");

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @ParameterizedTest
  @CsvSource(textBlock = "HR, PR\nEU-Team, US-Team\nOps, Dev\nIT, QA")
  void shortNamesOfOtherGroupsAreNotTold(String group, String other) {
    deciding.grant(other, "github").member("bob@example.org", group);

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @Test
  void membersInTheDatabaseDoNotMatterWhereOnlyProofsCount() {
    deciding.groupsFrom(GroupsFrom.PROOF).member("bob@example.org", "developers");

    assertEquals(List.of(), deciding.reviewed(SERVERS));
  }

  @Test
  void rowsOfANewDatabaseAndOfAdministratorsAreNotTold() {
    deciding
        .grant("MCP-GitHub", "github")
        .grant("MCP-Filesystem", "filesystem")
        .grant("MCP-Admin", "gone");

    assertEquals(List.of(), deciding.reviewed(Map.of("memory", SERVERS.get("memory"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann@example.org,bob@example.org",
        "ann@example.org; bob@example.org",
        "Ann <ann@example.org>"
      })
  void aUserWhoseAddressNobodyHas(String email) {
    deciding.member(email, "Developers");

    assertNames(email.toLowerCase(Locale.ROOT), null);
  }

  @Test
  void longAndStrangeNamesStayOnOneLine() {
    deciding.grant("Developers", "x\n" + "y".repeat(500));

    String sentence = sentence();
    assertTrue(sentence.length() < 250 && !sentence.contains("\n"), sentence);
  }
}
