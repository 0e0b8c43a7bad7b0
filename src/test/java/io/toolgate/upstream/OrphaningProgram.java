package io.toolgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.toolgate.tenant.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts a stubborn child, says the numbers of its processes, and waits to be killed. Confines it
 * when it is given a data folder.
 */
final class OrphaningProgram {
  private static final String STUBBORN = "trap '' TERM; while :; do sleep 1; done";

  private OrphaningProgram() {}

  public static void main(String[] arguments) throws Exception {
    Heard heard = new Heard();
    String script =
        "trap '' TERM; (sh -c '"
            + STUBBORN.replace("'", "'\\''")
            + "' & echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$!}\") ; echo \"{\\\"method\\\":\\\"m\\\",\\\"pid\\\":$$}\"; "
            + STUBBORN;
    StdioConnection.open(
        "s",
        new Transport.Stdio("/bin/sh", List.of("-c", script), Map.of(), Optional.empty()),
        new StderrTail(Set.of()),
        heard,
        arguments.length == 0
            ? Walls.none()
            : Walls.children(Walls.around(Path.of(arguments[0]), Map.of())));
    JsonNode grandchild = heard.next();
    System.out.println(grandchild.get("pid") + " " + heard.next().get("pid"));
    Thread.currentThread().join();
  }
}
