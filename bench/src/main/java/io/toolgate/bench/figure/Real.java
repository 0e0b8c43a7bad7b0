package io.toolgate.bench.figure;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.load.Wrk;
import io.toolgate.bench.program.StdioServer;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A real server, which is slower than Toolgate by far: its calls per second through Toolgate, and
 * by a client that speaks to it directly with as many calls under way.
 */
public final class Real implements Figure {
  private static final int UNDER_WAY = 64;
  private static final double GOAL = 0.9;

  @Override
  public void measure(Run run) throws Exception {
    Report report = run.report();
    List<String> command = run.everything();
    int seconds = run.effort().seconds();
    try (Toolgate toolgate = Toolgate.start(run.workspace(), Map.of("everything", command));
        StdioServer server = StdioServer.start(command)) {
      Request call = toolgate.call("everything", "echo", Run.HELLO);
      Wrk wrk = run.wrk(UNDER_WAY);
      run.warmUp(wrk, call);
      server.rate("echo", Run.HELLO, UNDER_WAY, seconds);
      for (int round = 0; round < run.effort().rounds(); round++) {
        Others others = Others.sinceNow();
        double direct = server.rate("echo", Run.HELLO, UNDER_WAY, seconds);
        double through = wrk.rate(call, seconds);
        report.sample("real.direct", direct);
        report.sample("real.through", through);
        report.sample("real.ratio", through / direct);
        report.sample("real.others", others.share());
      }
    }
    double ratio = report.samples("real.through").median() / report.samples("real.direct").median();
    report.beside("`server-everything` directly, 64 calls under way", "real.direct", "%.0f/s");
    report.judged(
        "`server-everything` through Toolgate, 64 connections",
        "at least 0.9 of a direct client",
        "real.through",
        "%.0f/s",
        String.format(
            Locale.ROOT, "%.3f of direct (%s)", ratio, report.samples("real.ratio").spread("%.3f")),
        ratio >= GOAL);
  }
}
