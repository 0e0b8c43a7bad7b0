package io.toolgate.call;

import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Cut;
import io.toolgate.catalog.Tool;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.problem.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one caller may call.
 *
 * <p>Invariant: no answer tells which tools a server has of which nothing is granted, and none
 * proposes a tool that the caller may not use.
 *
 * @param servers by name: whether anything of it is granted
 * @param tools the same that documents and listings are cut with
 */
record Granted(Catalog catalog, Predicate<String> servers, Cut tools) {

  /**
   * The tool to call.
   *
   * @param server that there is
   * @param name of the tool, as the caller wrote it
   * @param meant what the catalog has by that name
   * @param whyDown the problem that a call of the server meets now
   */
  Tool tool(
      String server,
      String name,
      Optional<Tool> meant,
      Supplier<Optional<ProblemException>> whyDown) {
    if (!servers.test(server)) {
      throw Problem.NOT_GRANTED.because(
          "You have no access to the tools of \""
              + server
              + "\". Ask an administrator to grant it.");
    }
    Tool tool =
        meant.orElseThrow(
            () ->
                whyDown.get().orElseGet(() -> Problem.NOT_FOUND.because(noSuchTool(server, name))));
    if (!tools.holds(tool)) {
      throw Problem.NOT_GRANTED.because(
          "You have access to other tools of \""
              + server
              + "\", but not to this one. GET /"
              + server
              + " lists those you may use; an administrator can grant more.");
    }
    return tool;
  }

  private String noSuchTool(String server, String name) {
    List<String> names =
        catalog.server(server).stream()
            .flatMap(known -> tools.of(known).stream())
            .map(Tool::name)
            .toList();
    return "The server has no such tool"
        + Spelling.nearest(name, names).map(meant -> "; did you mean " + meant + "?").orElse(".")
        + " GET /"
        + server
        + " lists its tools.";
  }
}
