package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.toolgate.call.ToolAddress;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolPathTest {
  @ParameterizedTest
  @CsvSource({
    "/files/read, files, read",
    "/files/read%20me, files, read me",
    "/files/a%2Fb, files, a/b",
    "/files/a%2fb, files, a/b",
    "/files/%2F, files, /",
    "/files/a/b, files, a/b",
    "/files/.., files, ..",
    "/files/%2E%2E, files, ..",
    "/files/a+b, files, a+b",
    "/files/a%2Bb, files, a+b",
    "/files/50%25, files, 50%",
    "/files/%E2%82%AC%F0%9F%98%80, files, €😀",
    "/files/a%3Fb%23c, files, a?b#c",
    "/my%2Dfiles/read, my-files, read",
    "//files///read, files, read",
    "files/read, files, read",
  })
  void readsServerAndTool(String path, String server, String tool) {
    assertEquals(new ToolAddress.Of(server, tool), ToolPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/files_read, files_read",
    "/files_read/, files_read",
    "/files_read//, files_read",
    "//files_read, files_read",
    "/read%20me, read me",
    "/a%2Fb, a/b",
    "/, ''",
    "///, ''",
    "'', ''",
  })
  void readsASingleSegmentAsAFlatName(String path, String name) {
    assertEquals(new ToolAddress.Flat(name), ToolPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/groups/MCP-GitHub/github/create_issue, MCP-GitHub, github, create_issue",
    "/groups/Sales%20%2F%20EU/files/a%2Fb, Sales / EU, files, a/b",
    "/groups/Gr%C3%BCn%20%F0%9F%98%80/files/read, Grün 😀, files, read",
    "/groups/a+b%2Bc/files/read, a+b+c, files, read",
    "/groups/50%25/files/read, 50%, files, read",
    "//groups//g///files//read, g, files, read",
    "/gr%6Fups/g/files/read, g, files, read",
    "/groups/groups/groups/read, groups, groups, read",
    "/groups/g/files/a/b, g, files, a/b",
  })
  void readsTheGroupBeforeServerAndTool(String path, String group, String server, String tool) {
    assertEquals(
        new ToolAddress.Through(group, new ToolAddress.Of(server, tool)), ToolPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/groups/g/files_read, g, files_read",
    "/groups/g/files_read/, g, files_read",
    "/groups/g, g, ''",
    "/groups/g/, g, ''",
    "/groups/g/openapi.json, g, openapi.json",
  })
  void readsTheGroupBeforeAFlatName(String path, String group, String name) {
    assertEquals(new ToolAddress.Through(group, new ToolAddress.Flat(name)), ToolPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({"/groups, groups", "/groups/, groups", "/groups_of/, groups_of"})
  void findsNoGroupWhereNoneIsNamed(String path, String name) {
    assertEquals(new ToolAddress.Flat(name), ToolPath.parse(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/groups/%ff/files/read",
        "/groups/%2/files/read",
        "/groups/g/%ff",
        "/files/%",
        "/files/%2",
        "/files/a%",
        "/files/%zz",
        "/files/%+1",
        "/files/%-1",
        "/files/% 1",
        "/files/%C3",
        "/files/%C3%28",
        "/files/%C0%AF",
        "/files/%ED%A0%80",
        "/files/%F8%88%80%80%80",
        "/files/%u20AC",
        "/%ff/read",
        "/%ff"
      })
  void findsNothingAtAPathThatIsNotPercentEncodedUtf8(String path) {
    ProblemException problem = assertThrows(ProblemException.class, () -> ToolPath.parse(path));

    assertEquals(Problem.NOT_FOUND, problem.problem());
  }
}
