package io.toolgate.bench.figure;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.program.StdioServer;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the start script to the first call answered, and to 20 real servers ready; beside it what it
 * takes to start the same 20 at once and greet them, with nothing else.
 */
public final class Start implements Figure {
  private static final double SERVERS_GOAL = 1.5;

  @Override
  public void measure(Run run) throws Exception {
    firstCall(run);
    servers(run);
  }

  private static void firstCall(Run run) throws Exception {
    Report report = run.report();
    // Initialises the database, and grants.
    Toolgate.start(run.workspace(), run.echo()).close();
    for (int i = 0; i < run.effort().starts(); i++) {
      Others others = Others.sinceNow();
      long begun = System.nanoTime();
      try (Toolgate toolgate = Toolgate.launch(run.workspace(), run.echo())) {
        Request call = toolgate.call("echo", "echo", Run.HELLO);
        toolgate.await("a call is answered", () -> toolgate.answer(call).statusCode() == 200);
        report.sample("start.first", (System.nanoTime() - begun) / 1e9);
        report.sample("start.cpu", toolgate.cpuSeconds());
      }
      report.sample("start.others", others.share());
    }
    double goal = Runtime.version().feature() >= 25 ? 1.2 : 2.5;
    report.judged(
        "start to first call answered, database initialised, one stdio server",
        String.format(Locale.ROOT, "at most %.1f s", goal),
        "start.first",
        "%.2f s",
        "",
        report.samples("start.first").median() <= goal);
    report.beside("CPU of the JVM until then", "start.cpu", "%.2f s");
  }

  private static void servers(Run run) throws Exception {
    Report report = run.report();
    int count = run.effort().servers();
    List<String> command = run.everything();
    Map<String, List<String>> servers = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      servers.put("everything" + i, command);
    }
    directly(command, count);
    for (int i = 0; i < Math.min(3, run.effort().starts()); i++) {
      Others others = Others.sinceNow();
      double direct = directly(command, count);
      long begun = System.nanoTime();
      try (Toolgate toolgate = Toolgate.launch(run.workspace(), servers)) {
        toolgate.awaitServers();
      }
      double through = (System.nanoTime() - begun) / 1e9;
      report.sample("start.servers.script", direct);
      report.sample("start.servers.toolgate", through);
      report.sample("start.servers.ratio", through / direct);
      report.sample("start.servers.others", others.share());
    }
    double ratio = report.samples("start.servers.ratio").median();
    String name = count + " `server-everything` ready, ";
    report.beside(name + "started at once by a plain script", "start.servers.script", "%.2f s");
    report.judged(
        name + "from the start of Toolgate",
        "at most 1.5 of the script",
        "start.servers.toolgate",
        "%.2f s",
        String.format(
            Locale.ROOT,
            "%.2f of the script (%s)",
            ratio,
            report.samples("start.servers.ratio").spread("%.2f")),
        ratio <= SERVERS_GOAL);
  }

  private static double directly(List<String> command, int count) throws IOException {
    List<StdioServer> servers = new ArrayList<>();
    try {
      long begun = System.nanoTime();
      for (int i = 0; i < count; i++) {
        servers.add(StdioServer.launch(command));
      }
      for (StdioServer server : servers) {
        server.awaitInitialized();
      }
      return (System.nanoTime() - begun) / 1e9;
    } finally {
      servers.forEach(StdioServer::close);
    }
  }
}
