package io.toolgate.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Listing;
import io.toolgate.catalog.Tool;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.upstream.McpTool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantedTest {
  private final Catalog catalog =
      Catalog.EMPTY.next(
          List.of(
              listing("git", "read_file", "read_files", "drop"),
              listing("mail", "send", "sends"),
              listing("down")));

  /** Of {@code git} two tools, {@code down} as a whole, nothing of {@code mail}. */
  private final Granted granted =
      new Granted(
          catalog,
          Set.of("git", "down")::contains,
          server -> server.equals("git") ? Set.of("read_file", "look")::contains : tool -> false);

  @ParameterizedTest
  @CsvSource({"git, read_file", "'', git_read_file"})
  void aGrantedToolIsCalled(String server, String tool) {
    Tool called = call(address(server, tool));

    assertSame(catalog.find("git", "read_file").orElseThrow(), called);
  }

  @ParameterizedTest
  @CsvSource({"git, drop", "'', git_drop", "git, read_files"})
  void anotherToolOfAGrantedServerIsNotGranted(String server, String tool) {
    ProblemException refusal = refusal(address(server, tool));

    assertEquals(Problem.NOT_GRANTED, refusal.problem());
    assertTrue(refusal.detail().contains("other tools of \"git\""), refusal.detail());
    assertTrue(refusal.detail().contains("GET /git lists"), refusal.detail());
  }

  @Test
  void noAnswerTellsWhichToolsAServerHasThatIsNotGranted() {
    List<ProblemException> refusals =
        Stream.of("mail/send", "mail/nothing", "/mail_send", "/mail_nothing")
            .map(path -> path.split("/"))
            .map(path -> refusal(address(path[0], path[1])))
            .toList();

    refusals.forEach(
        refusal -> {
          assertEquals(Problem.NOT_GRANTED, refusal.problem());
          assertEquals(refusals.get(0).detail(), refusal.detail());
        });
  }

  @Test
  void anUnknownToolOfAGrantedServerIsNotFound() {
    ProblemException refusal = refusal(address("git", "read_fil"));

    assertEquals(Problem.NOT_FOUND, refusal.problem());
    assertTrue(refusal.detail().contains("did you mean read_file?"), refusal.detail());
  }

  @Test
  void proposesNoToolThatMayNotBeUsed() {
    ProblemException refusal = refusal(address("git", "dorp"));

    assertEquals(Problem.NOT_FOUND, refusal.problem());
    assertFalse(refusal.detail().contains("drop"), refusal.detail());
  }

  @Test
  void aServerWhoseToolsAreNotKnownYetSaysWhy() {
    ProblemException starting = Problem.UPSTREAM_UNAVAILABLE.because("It starts.");

    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> granted.tool("down", "x", Optional.empty(), () -> Optional.of(starting)));

    assertSame(starting, refusal);
  }

  private static ToolAddress address(String server, String tool) {
    return server == null || server.isEmpty()
        ? new ToolAddress.Flat(tool)
        : new ToolAddress.Of(server, tool);
  }

  private Tool call(ToolAddress address) {
    Optional<Tool> meant = address.findIn(catalog);
    String server = meant.map(Tool::server).orElseGet(() -> address.serverIn(catalog));
    return granted.tool(server, address.tool(), meant, Optional::empty);
  }

  private ProblemException refusal(ToolAddress address) {
    return assertThrows(ProblemException.class, () -> call(address));
  }

  private static Listing listing(String server, String... tools) {
    return new Listing(
        server,
        server,
        "",
        Stream.of(tools)
            .map(name -> new McpTool(JsonNodeFactory.instance.objectNode().put("name", name)))
            .toList());
  }
}
