package io.toolgate.rest;

import io.toolgate.call.ToolAddress;
import io.toolgate.catalog.Catalog;
import io.toolgate.catalog.CatalogServer;
import io.toolgate.catalog.Cut;
import io.toolgate.catalog.Tool;
import io.toolgate.policy.Access;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import io.toolgate.tenant.ServerNames;
import io.toolgate.upstream.Upstream;
import io.toolgate.upstream.Upstreams;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The servers and tools as one caller may see them, for one request: it reads the catalog once and
 * asks for no second decision on the way.
 */
final class Visible implements Cut {
  private final Upstreams upstreams;
  private final Catalog catalog;
  private final Access access;

  Visible(Upstreams upstreams, Catalog catalog, Access access) {
    this.upstreams = upstreams;
    this.catalog = catalog;
    this.access = access;
  }

  /** The whole, to be cut. */
  Catalog catalog() {
    return catalog;
  }

  @Override
  public Predicate<String> toolsOf(String server) {
    return access.toolsOf(server, catalog.names(server));
  }

  @Override
  public BitSet placesIn(CatalogServer server) {
    return access.placesIn(server.name(), server.names());
  }

  /** Whether why a server fails may be shown. */
  boolean diagnoses() {
    return access.diagnoses();
  }

  /** The group whose own credentials calls of this server are made with, if any are. */
  Optional<String> credentialsOf(String server) {
    return access.credentialsOf(server);
  }

  /** In the order of the definitions, also those that are off. */
  List<Upstream> servers() {
    return upstreams.all().stream()
        .filter(upstream -> access.grants(upstream.definition().name()))
        .toList();
  }

  /**
   * One server.
   *
   * @throws ProblemException not-found when there is none of this name, not-granted when the caller
   *     may not see it
   */
  Upstream server(String name) {
    Upstream upstream =
        upstreams
            .find(name)
            .orElseThrow(
                () ->
                    ServerNames.reserved(name)
                        ? ToolAddress.nothing()
                        : Problem.NOT_FOUND.because(
                            "There is no such server. GET /servers lists them."));
    if (!access.grants(name)) {
      throw Problem.NOT_GRANTED.because(
          "You have no access to this server. Ask an administrator to grant it.");
    }
    return upstream;
  }

  /** The tools of a server, in listed order; none while it is off or was never ready. */
  List<Tool> tools(Upstream upstream) {
    return catalog.server(upstream.definition().name()).map(this::of).orElse(List.of());
  }

  /** What the catalog notes about the tools of a server, one sentence each. */
  List<String> notes(Upstream upstream) {
    String name = upstream.definition().name();
    Predicate<String> names = toolsOf(name);
    return catalog.server(name).stream()
        .flatMap(server -> server.notes().stream())
        .filter(note -> names.test(note.tool()))
        .map(CatalogServer.Note::text)
        .toList();
  }
}
