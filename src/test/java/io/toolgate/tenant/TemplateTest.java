package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.Transport.Remote;
import io.toolgate.tenant.Transport.Stdio;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Told ADA = told("ada@example.com", "u-1", Set.of("b", "a"), "c-9");

  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  private static Told told(String email, String id, Set<String> groups, String chat) {
    return new Told(Optional.of(email), Optional.of(id), groups, Optional.of(chat));
  }

  private static Told named(String email) {
    return told(email, "u-1", Set.of(), "c-9");
  }

  private Remote remote(String value) {
    return (Remote)
        fixture
            .server(
                "{\"url\": \"http://h\", \"headers\": {\"A\": \"" + value + "\", \"B\": \"b\"}}")
            .transport();
  }

  private Stdio stdio(String session, String value) {
    return (Stdio)
        fixture
            .server(
                """
                {"command": "c", "session": "%s", "env": {"A": "%s", "B": "b"}}
                """
                    .formatted(session, value))
            .transport();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${user.email} | ada@example.com",
        "${user.id} | u-1",
        "${user.groups} | a,b",
        "${chat.id} | c-9",
        "x${user.id}y${chat.id}z | xu-1yc-9z",
        "$${user.id} ${TOKEN} | ${user.id} t0ken",
        "$${${user.id} | ${u-1",
      })
  void tellsARemoteServerOfItsCaller(String value, String told) {
    fixture.set("TOKEN", "t0ken");

    assertEquals(Map.of("A", told, "B", "b"), remote(value).headers(ADA));
  }

  @Test
  void tellsAChildOfItsCaller() {
    assertEquals(Map.of("A", "u-1", "B", "b"), stdio("user", "${user.id}").env(ADA));
    assertEquals(Map.of("A", "u-1/c-9", "B", "b"), stdio("chat", "${user.id}/${chat.id}").env(ADA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${user.email}", "${user.id}", "${user.groups}", "x ${chat.id}"})
  void leavesOutWhatIsNotKnownOfTheCaller(String value) {
    Remote remote = remote(value);

    assertEquals(Map.of("B", "b"), remote.headers(Told.NOBODY));
    assertEquals(Map.of("B", "b"), remote.headers());
    assertEquals(Map.of("B", "b"), remote.headers(told("", "", Set.of(""), "")));
  }

  @Test
  void givesTheSameMapForEveryCallerWhereNothingIsLeftOpen() {
    Remote remote = remote("literal");
    Stdio stdio = stdio("user", "literal");

    assertFalse(remote.personal());
    assertSame(remote.headers(), remote.headers(ADA));
    assertSame(stdio.env(), stdio.env(ADA));
    assertTrue(remote("${user.id}").personal());
    assertTrue(stdio("user", "${user.id}").personal());
  }

  @Test
  void neverTakesTheValueOfAVariableForAPlaceholder() {
    fixture.set("A", "${user.email}").set("B", "${user").set("C", "$");

    assertEquals("${user.email}", remote("${A}").headers(ADA).get("A"));
    assertEquals("${user.email}", remote("${B}.email}").headers(ADA).get("A"));
    assertEquals("${user.email}", remote("${C}{user.email}").headers(ADA).get("A"));
  }

  @Test
  void neverTakesWhatACallerBringsForAPlaceholder() {
    assertEquals(
        "${chat.id}c-9", remote("${user.email}${chat.id}").headers(named("${chat.id}")).get("A"));
  }

  @ParameterizedTest
  @CsvSource({
    "j\u00f6, j%C3%B6",
    "\u55b6\u696d, %E5%96%B6%E6%A5%AD",
    "a%b, a%25b",
    "'a b', 'a b'",
    "'a,b', 'a,b'",
  })
  void encodesWhatAHeaderCannotHold(String email, String header) {
    assertEquals(header, remote("${user.email}").headers(named(email)).get("A"));
    assertEquals(email, stdio("user", "${user.email}").env(named(email)).get("A"));
  }

  @Test
  void neverMakesTwoGroupsOfOne() {
    Told caller = told("e", "i", Set.of("x,admin", "y"), "c");

    assertEquals("x%2Cadmin,y", remote("${user.groups}").headers(caller).get("A"));
    assertEquals("x%2Cadmin,y", stdio("user", "${user.groups}").env(caller).get("A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Admin: 1", "a\nb", "a\0b", "a\tb", "a\u0085b", "a\u007fb"})
  void refusesControlCharacters(String email) {
    Remote remote = remote("${user.email}");
    Stdio stdio = stdio("user", "${user.email}");

    assertThrows(ProblemException.class, () -> remote.headers(named(email)));
    assertThrows(ProblemException.class, () -> stdio.env(named(email)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"command\": \"${user.id}\"}",
        "{\"command\": [\"c\", \"${user.id}\"]}",
        "{\"command\": \"c\", \"args\": [\"${user.id}\"]}",
        "{\"command\": \"c\", \"cwd\": \"${user.id}\"}",
        "{\"command\": \"c\", \"session\": \"user\", \"displayName\": \"${user.id}\"}",
        "{\"command\": \"c\", \"session\": \"user\", \"enabledTools\": [\"${user.id}\"]}",
        "{\"command\": \"c\", \"session\": \"${user.id}\"}",
        "{\"url\": \"http://h/${user.id}\"}",
        "{\"url\": \"http://h\", \"forwardHeaders\": [\"${user.id}\"]}",
      })
  void refusesPlaceholdersAnywhereElse(String server) {
    List<String> mistakes = fixture.mistakes(server);

    assertTrue(
        mistakes
            .get(0)
            .endsWith(
                ": ${user.id} may stand in values of \"headers\" and \"env\" only; write $${ for a"
                    + " literal ${"),
        mistakes.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "shared, ${user.id}, ${user.id} needs \"session\": \"user\" or \"chat\"",
    "shared, ${chat.id}, ${chat.id} needs \"session\": \"chat\"",
    "user, ${chat.id}, ${chat.id} needs \"session\": \"chat\"",
    "shared, ${UNSET}${user.id}, ${user.id} needs \"session\": \"user\" or \"chat\"",
  })
  void refusesToTellASharedChildOfOneCaller(String session, String value, String mistake) {
    assertEquals(
        List.of("/env/A: " + mistake),
        fixture.mistakes(
            """
            {"command": "c", "session": "%s", "env": {"A": "%s"}}
            """
                .formatted(session, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${user.mail}", "${user.}", "${chat.ID}", "${user.email:-x}"})
  void saysWhatIsKnownOfACaller(String value) {
    assertEquals(
        List.of(
            "/headers/A: \""
                + value
                + "\" is nothing known of a caller; write one of ${user.email}, ${user.id},"
                + " ${user.groups}, ${chat.id}"),
        fixture.mistakes("{\"url\": \"http://h\", \"headers\": {\"A\": \"" + value + "\"}}"));
  }

  @Test
  void keepsItsTextOutOfMessages() {
    fixture.set("TOKEN", "t0ken-value");

    assertFalse(remote("${TOKEN}${user.id}").toString().contains("t0ken"));
    assertFalse(remote("${TOKEN}${user.id}").ownHeaders().byName().toString().contains("t0ken"));
    assertFalse(remote("${TOKEN}${user.id}").ownHeaders().toString().contains("t0ken"));
  }
}
