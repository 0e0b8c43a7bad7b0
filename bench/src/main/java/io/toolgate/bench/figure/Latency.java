package io.toolgate.bench.figure;

import io.toolgate.bench.load.HttpConnection;
import io.toolgate.bench.load.Load;
import io.toolgate.bench.load.Request;
import io.toolgate.bench.program.Hello;
import io.toolgate.bench.program.StdioServer;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import io.toolgate.bench.report.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What Toolgate adds to a call: one connection, one call after the other, through Toolgate and
 * directly over stdio, with the same kind of client. And the slow end at 8 connections.
 */
public final class Latency implements Figure {
  private static final double GOAL = 0.10;
  private static final double P99_GOAL = 1;

  @Override
  public void measure(Run run) throws Exception {
    int samples = run.effort().samples();
    List<String> echo = run.echo().get("echo");
    try (Toolgate toolgate = Toolgate.start(run.workspace(), run.echo());
        Hello hello = Hello.start(run.workspace(), toolgate.flags());
        StdioServer direct = StdioServer.start(echo)) {
      Request call = toolgate.call("echo", "echo", Run.HELLO);
      run.warmUp(run.wrk(8), call);
      run.warmUp(run.wrk(8), hello.request());
      try (HttpConnection through = new HttpConnection(call);
          HttpConnection plain = new HttpConnection(hello.request());
          Load eight = new Load(8, List.of(call), n -> 0);
          Load eightPlain = new Load(8, List.of(hello.request()), n -> 0)) {
        directly(direct, samples);
        through(through, samples);
        through(plain, samples);
        for (int round = 0; round < run.effort().rounds(); round++) {
          Others others = Others.sinceNow();
          Samples without = directly(direct, samples);
          Samples with = through(through, samples);
          Load.Result many = eight.closed(Long.MAX_VALUE, run.effort().seconds());
          run.report().sample("latency.hello.median", through(plain, samples).median());
          Load.Result manyPlain = eightPlain.closed(Long.MAX_VALUE, run.effort().seconds());
          run.report()
              .sample("latency.hello.eight.p99", manyPlain.milliseconds().get(0).percentile(99));
          run.report().sample("latency.others", others.share());
          record(run.report(), without, with, many);
        }
      }
    }
    report(run.report());
  }

  private static Samples directly(StdioServer server, int count) throws IOException {
    double[] milliseconds = new double[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      server.call("echo", Run.HELLO);
      milliseconds[i] = (System.nanoTime() - begun) / 1e6;
    }
    return new Samples(milliseconds);
  }

  private static Samples through(HttpConnection connection, int count) throws IOException {
    double[] milliseconds = new double[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      connection.exchange();
      milliseconds[i] = (System.nanoTime() - begun) / 1e6;
    }
    return new Samples(milliseconds);
  }

  private static void record(Report report, Samples without, Samples with, Load.Result many)
      throws IOException {
    if (many.errors() > 0) {
      throw new IOException("Answered " + many.firstError());
    }
    Samples eight = many.milliseconds().get(0);
    report.sample("latency.direct.median", without.median());
    report.sample("latency.direct.p99", without.percentile(99));
    report.sample("latency.through.median", with.median());
    report.sample("latency.through.p99", with.percentile(99));
    report.sample("latency.added", with.median() - without.median());
    report.sample("latency.eight.median", eight.median());
    report.sample("latency.eight.p99", eight.percentile(99));
    report.sample("latency.eight.rate", many.rate());
    report.say(
        String.format(
            Locale.ROOT,
            "latency: direct %.3f ms, through %.3f ms; at 8 connections p99 %.3f ms",
            without.median(),
            with.median(),
            eight.percentile(99)));
  }

  private static void report(Report report) {
    Samples direct = report.samples("latency.direct.median");
    Samples through = report.samples("latency.through.median");
    report.beside("direct stdio call, one at a time, median", "latency.direct.median", "%.3f ms");
    report.beside("`hello`, one connection, median", "latency.hello.median", "%.3f ms");
    report.judged(
        "added latency over a direct stdio call, one connection, median",
        "at most 0.10 ms",
        "latency.added",
        "%.3f ms",
        String.format(Locale.ROOT, "%.2f of direct", through.median() / direct.median()),
        report.samples("latency.added").median() <= GOAL);
    report.beside("`hello`, 8 connections, p99", "latency.hello.eight.p99", "%.3f ms");
    report.judged(
        "latency at 8 connections, p99",
        "at most 1 ms",
        "latency.eight.p99",
        "%.3f ms",
        "",
        report.samples("latency.eight.p99").median() <= P99_GOAL);
  }
}
