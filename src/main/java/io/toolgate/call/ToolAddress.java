package io.toolgate.call;

import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.Tool;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.ServerNames;
import java.util.Optional;

/** How a caller names a tool. */
public sealed interface ToolAddress {

  /** The server as named by the caller; empty when none can be made out. */
  String serverIn(Catalog catalog);

  /** The tool as named by the caller. */
  String tool();

  Optional<Tool> findIn(Catalog catalog);

  /**
   * Whether it could be one, were there such a server: a path of two segments, of which the first
   * is none of our own. Of others it is not said that there is no such server, because nobody meant
   * one.
   */
  default boolean couldBe() {
    return false;
  }

  /** What is told at a path that is nobody's. */
  static ProblemException nothing() {
    return Problem.NOT_FOUND.because(
        "There is nothing at this path. Tools are called with POST /{server}/{tool}; GET /servers lists the"
            + " servers, /openapi.json describes all tools, and GET / names the other addresses.");
  }

  /** The group through whose connection the call comes. */
  default Optional<String> group() {
    return Optional.empty();
  }

  /** {@code /{server}/{tool}}, decoded. */
  record Of(String server, String tool) implements ToolAddress {
    @Override
    public String serverIn(Catalog catalog) {
      return server;
    }

    @Override
    public Optional<Tool> findIn(Catalog catalog) {
      return catalog.find(server, tool);
    }

    @Override
    public boolean couldBe() {
      return !ServerNames.reserved(server) && !tool.contains("/");
    }
  }

  /**
   * {@code /{server}_{tool}}, the flat form that older connections use; also an operationId, or the
   * tool alone where only one server is served.
   */
  record Flat(String name) implements ToolAddress {
    @Override
    public String serverIn(Catalog catalog) {
      return catalog.serverOfFlat(name).orElse("");
    }

    @Override
    public String tool() {
      return name;
    }

    @Override
    public Optional<Tool> findIn(Catalog catalog) {
      return catalog.findFlat(name);
    }
  }

  /** {@code /groups/{group}/...}: what follows the group, for those who are in it. */
  record Through(String groupName, ToolAddress address) implements ToolAddress {
    @Override
    public String serverIn(Catalog catalog) {
      return address.serverIn(catalog);
    }

    @Override
    public String tool() {
      return address.tool();
    }

    @Override
    public Optional<Tool> findIn(Catalog catalog) {
      return address.findIn(catalog);
    }

    @Override
    public boolean couldBe() {
      return address.couldBe();
    }

    @Override
    public Optional<String> group() {
      return Optional.of(groupName);
    }
  }
}
