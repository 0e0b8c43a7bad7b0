package io.toolgate.bench.figure;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.load.Wrk;
import io.toolgate.bench.program.Workspace;
import io.toolgate.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What all figures of a run share.
 *
 * @param results the folder for what is kept
 */
public record Run(Workspace workspace, Effort effort, Report report, Path results) {
  static final String HELLO = "{\"message\":\"hello\"}";

  /** The server that costs nothing. */
  Map<String, List<String>> echo() {
    return Map.of("echo", List.of(workspace.echo().toString()));
  }

  /** A real server, of the packages that integration tests run. */
  List<String> everything() {
    String program =
        "target/npm/node_modules/@modelcontextprotocol/server-everything/dist/index.js";
    return List.of("node", workspace.home().resolve(program).toString(), "stdio");
  }

  Wrk wrk(int connections) {
    return new Wrk(workspace.home().resolve("bench/wrk/request.lua"), connections);
  }

  /** Until it is steady, so that the compiler has done its work. */
  void warmUp(Wrk wrk, Request request) throws IOException, InterruptedException {
    if (effort.smoke()) {
      wrk.rate(request, 1);
    } else {
      wrk.warmUp(request);
    }
  }
}
