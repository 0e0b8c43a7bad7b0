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
  @ValueSource(
      strings = {
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
