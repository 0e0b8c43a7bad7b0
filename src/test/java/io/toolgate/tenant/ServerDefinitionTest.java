package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDefinitionTest {
  private static final String STDIO =
      """
      "command": "c", "args": ["${TOKEN}"], "env": {"A": "${user.id}"}, "session": "user",
      "cwd": "/tmp", "limits": {"memory": "1g", "cpu": 0.5, "files": 9}, "enabledTools": ["a"],
      "timeout": 5, "deadline": 6
      """;

  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder).set("TOKEN", "a-token");
  }

  private ServerDefinition server(String keys) {
    return fixture.server("{" + keys + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STDIO,
        "\"url\": \"http://h\", \"headers\": {\"A\": \"x${user.id}\"}, \"forwardHeaders\": [\"b\"]"
      })
  void isTheSameWhenAnUnchangedFileIsReadAgain(String keys) {
    assertEquals(server(keys), server(" " + keys + " "));
    assertEquals(server(keys).hashCode(), server(keys).hashCode());
    assertTrue(server(keys).sameUpstream(server(keys)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"displayName\": \"x\"",
        "\"description\": \"x\"",
        "\"tier\": \"x\"",
        "\"disabledTools\": [\"a\"]",
        "\"timeout\": 5",
        "\"deadline\": 5",
        "\"instructions\": true",
        "\"idleTimeout\": 5",
        "\"maxSessions\": 5",
        "\"maxSessionsPerUser\": 5",
        "\"maxConcurrency\": 5",
        "\"maxQueue\": 5",
      })
  void goesOnUnderAChangeThatEachCallLooksUpAnew(String change) {
    ServerDefinition before = server("\"command\": \"c\"");
    ServerDefinition after = server("\"command\": \"c\", " + change);

    assertTrue(after.sameUpstream(before));
    assertFalse(after.equals(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"command\": \"d\"",
        "\"command\": \"c\", \"args\": [\"x\"]",
        "\"command\": \"c\", \"env\": {\"A\": \"b\"}",
        "\"command\": \"c\", \"cwd\": \"/\"",
        "\"command\": \"c\", \"limits\": {\"files\": 9}",
        "\"command\": \"c\", \"session\": \"user\"",
        "\"command\": \"c\", \"start\": \"on-demand\"",
        "\"command\": \"c\", \"startupTimeout\": 5",
        "\"command\": \"c\", \"disabled\": true",
        "\"command\": \"c\", \"description\": \"${TOKEN}\"",
        "\"url\": \"http://h\"",
      })
  void startsAnewAfterAnyOtherChange(String keys) {
    ServerDefinition before = server("\"command\": \"c\"");

    assertFalse(server(keys).sameUpstream(before));
  }

  @Test
  void startsAnewWhenTheValueOfAVariableChanges() {
    ServerDefinition before = server(STDIO);

    fixture.set("TOKEN", "b-token");

    assertFalse(server(STDIO).sameUpstream(before));
  }
}
