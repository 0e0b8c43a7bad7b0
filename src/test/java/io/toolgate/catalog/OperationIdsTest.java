package io.toolgate.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.catalog.OperationIds.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationIdsTest {
  @Test
  void joinsServerAndTool() {
    assertEquals("github_create-issue", id("github", "create-issue"));
  }

  @Test
  void addsAHashWhereCharactersAreReplaced() {
    String id = id("github", "create issue");

    assertTrue(id.matches("github_create_issue_[0-9a-f]{8}"), id);
    assertNotEquals(id, id("github", "create/issue"));
  }

  @Test
  void addsAHashWhereTheNameIsCut() {
    String id = id("github", "x".repeat(200));

    assertEquals(63, id.length());
    assertTrue(id.matches("github_x+_[0-9a-f]{8}"), id);
    assertNotEquals(id, id("github", "x".repeat(201)));
  }

  @Test
  void keepsANameOfExactly63Characters() {
    String tool = "x".repeat(63 - "github_".length());

    assertEquals("github_" + tool, id("github", tool));
  }

  @Test
  void startsWithAnUnderscoreWhereTheServerStartsWithADigit() {
    String id = id("7zip", "extract");

    assertTrue(id.matches("_7zip_extract_[0-9a-f]{8}"), id);
  }

  @Test
  void hashesTheToolOfTheLongerServerNameWhereTwoWouldBeEqual() {
    Map<Name, String> ids =
        OperationIds.assign(List.of(new Name("a_b", "c"), new Name("a", "b_c")));

    assertEquals("a_b_c", ids.get(new Name("a", "b_c")));
    assertTrue(ids.get(new Name("a_b", "c")).matches("a_b_c_[0-9a-f]{8}"));
  }

  @Test
  void staysTheSameWhenOtherServersComeAndGo() {
    List<Name> some =
        List.of(new Name("a", "b"), new Name("7", "ü"), new Name("a", "ü ".repeat(90)));
    List<Name> more = new ArrayList<>(some);
    more.addAll(
        List.of(new Name("b", "b"), new Name("aa", "b"), new Name("7", "u"), new Name("a", "_")));

    Map<Name, String> ids = OperationIds.assign(more);

    OperationIds.assign(some).forEach((name, id) -> assertEquals(id, ids.get(name)));
  }

  @Test
  void evadesAToolThatImitatesAHash() {
    String hashed = id("a", "b c");
    Name imitation = new Name("a", hashed.substring("a_".length()));

    Map<Name, String> ids = OperationIds.assign(List.of(new Name("a", "b c"), imitation));

    assertEquals(hashed, ids.get(imitation));
    assertTrue(ids.get(new Name("a", "b c")).startsWith(hashed));
    assertEquals(2, new HashSet<>(ids.values()).size());
  }

  @Test
  void areUniqueWellFormedAndIndependentOfOrderForRandomNames() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      Set<Name> names = new LinkedHashSet<>();
      for (int i = 0; i < 100; i++) {
        names.add(new Name(text(random, "ab_-1", 4), text(random, "ab_-1 ./ü\0\ud800", 70)));
      }
      List<Name> shuffled = new ArrayList<>(names);
      Collections.shuffle(shuffled, random);

      Map<Name, String> ids = OperationIds.assign(List.copyOf(names));

      ids.values().forEach(id -> assertTrue(id.matches("[A-Za-z_][A-Za-z0-9_-]{0,62}"), id));
      assertEquals(names.size(), new HashSet<>(ids.values()).size());
      assertEquals(ids, OperationIds.assign(shuffled));
    }
  }

  @Test
  void prefixesAnIdThatIsNotTooLongThen() {
    Name name = new Name("s", "t");

    assertEquals("p_s_t", prefixed("p", List.of(name)).get(name));
  }

  @Test
  void shortensAnIdThatIsTooLongWithItsPrefix() {
    Name plain = new Name("github", "x".repeat(63 - "github_".length()));
    Name hashed = new Name("github", "y".repeat(200));

    Map<Name, String> ids = prefixed("mine", List.of(plain, hashed));

    assertTrue(ids.get(plain).matches("mine_github_x{42}_[0-9a-f]{8}"), ids.get(plain));
    assertTrue(ids.get(hashed).matches("mine_github_y{42}_[0-9a-f]{8}"), ids.get(hashed));
  }

  @Test
  void prefixedIdsAreUniqueWellFormedAndIndependentOfOtherServersForRandomNames() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Set<Name> some = new LinkedHashSet<>();
      for (int i = 0; i < 100; i++) {
        some.add(new Name("s" + random.nextInt(3), text(random, "ab_-1 ./ü\0\ud800", 70)));
      }
      List<Name> more = new ArrayList<>(some);
      some.forEach(name -> more.add(new Name("t" + name.server(), name.tool())));
      String prefix = "p" + text(random, "ab_-1", 31);

      Map<Name, String> ids = prefixed(prefix, more);

      ids.values().forEach(id -> assertTrue(id.matches("[A-Za-z_][A-Za-z0-9_-]{0,62}"), id));
      ids.values().forEach(id -> assertTrue(id.startsWith(prefix), id));
      assertEquals(more.size(), new HashSet<>(ids.values()).size());
      prefixed(prefix, List.copyOf(some)).forEach((name, id) -> assertEquals(id, ids.get(name)));
    }
  }

  @Test
  void namesToolsAsMcpoDoes() {
    Map<Name, String> ids =
        OperationIds.assignAsMcpo(List.of(new Name("s", "get-sum"), new Name("s", "echo")));

    assertEquals("tool_get_sum_post", ids.get(new Name("s", "get-sum")));
    assertEquals("tool_echo_post", ids.get(new Name("s", "echo")));
  }

  @Test
  void keepsMcpoNamesApart() {
    Map<Name, String> ids =
        OperationIds.assignAsMcpo(List.of(new Name("s", "a-b"), new Name("s", "a_b")));

    assertEquals(2, new HashSet<>(ids.values()).size());
  }

  private static String id(String server, String tool) {
    Name name = new Name(server, tool);
    return OperationIds.assign(List.of(name)).get(name);
  }

  private static Map<Name, String> prefixed(String prefix, List<Name> names) {
    return OperationIds.prefixed(new Prefix(prefix), OperationIds.assign(names));
  }

  private static String text(Random random, String alphabet, int most) {
    StringBuilder text = new StringBuilder();
    for (int length = 1 + random.nextInt(most); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
