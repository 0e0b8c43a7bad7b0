package io.toolgate.bench.figure;

import io.toolgate.bench.load.Load;
import io.toolgate.bench.load.Request;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import io.toolgate.bench.report.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether slow calls, many connections and a hung server are felt by others.
 *
 * <p>All calls fall due at one fixed rate, a third of what 64 connections get at most: at the limit
 * a call's time is its place in the queue, which grows with the number of connections whatever is
 * behind it. A call that comes alone shares no write and no wake-up with others and takes more CPU,
 * so that half of the most is near that limit already. The times are of the fast calls only, and
 * count from when a call was due.
 */
public final class Slow implements Figure {
  private static final int ONE_IN = 100;
  private static final int HANGING = 300;
  private static final double GOAL = 3;
  private static final double SHARE = 1 / 3.0;

  /** Calls of a hung server end after a minute; none may end while we look. */
  private static final double LONGEST_HANGING = 40;

  @Override
  public void measure(Run run) throws Exception {
    Map<String, List<String>> servers = new TreeMap<>(run.echo());
    servers.put("hung", run.echo().get("echo"));
    try (Toolgate toolgate = Toolgate.start(run.workspace(), servers)) {
      Request fast = toolgate.call("echo", "echo", Run.HELLO);
      Request slow = toolgate.call("echo", "slow", "{\"message\":\"later\",\"seconds\":1}");
      run.warmUp(run.wrk(64), fast);
      double seconds = (double) run.effort().slowSeconds() / run.effort().rounds();
      try (Load few = new Load(64, List.of(fast), n -> 0);
          Load many = new Load(1000, List.of(fast, slow), n -> n % ONE_IN == 0 ? 1 : 0)) {
        double rate = few.closed(Long.MAX_VALUE, run.effort().seconds()).rate() * SHARE;
        run.report().sample("slow.rate", rate);
        for (int round = 0; round < run.effort().rounds(); round++) {
          Others others = Others.sinceNow();
          Samples alone = fast(few.paced(rate, Math.min(30, seconds)));
          Samples among = fast(many.paced(rate, seconds));
          record(run.report(), "slow", alone, among);
          run.report().sample("slow.others", others.share());
        }
        for (int round = 0; round < run.effort().rounds(); round++) {
          Others others = Others.sinceNow();
          double piece = Math.min(LONGEST_HANGING, run.effort().seconds());
          Samples alone = fast(few.paced(rate, piece));
          try (Load hanging =
              new Load(HANGING, List.of(toolgate.call("hung", "hang", "{}")), n -> 0)) {
            hanging.send();
            record(run.report(), "hung", alone, fast(few.paced(rate, piece)));
          }
          run.report().sample("hung.others", others.share());
        }
      }
    }
    report(run);
  }

  private static Samples fast(Load.Result result) throws IOException {
    if (result.errors() > 0) {
      throw new IOException(result.errors() + " errors, such as " + result.firstError());
    }
    return result.milliseconds().get(0);
  }

  private static void record(Report report, String name, Samples alone, Samples among) {
    report.sample(name + ".alone.median", alone.median());
    report.sample(name + ".among.median", among.median());
    report.sample(name + ".alone.p99", alone.percentile(99));
    report.sample(name + ".among.p99", among.percentile(99));
    report.sample(name + ".ratio", among.percentile(99) / alone.percentile(99));
    report.say(
        String.format(
            Locale.ROOT,
            "%s: p99 %.3f ms, alone %.3f ms",
            name,
            among.percentile(99),
            alone.percentile(99)));
  }

  private static void report(Run run) {
    Report report = run.report();
    report.beside("fixed rate, a third of what 64 connections get", "slow.rate", "%.0f/s");
    report.beside("p99 at 64 connections, fast calls only", "slow.alone.p99", "%.3f ms");
    report.judged(
        "p99 of fast calls at 1,000 connections, 1 in 100 slow, "
            + run.effort().slowSeconds()
            + " s, no errors",
        "at most 3 of that at 64",
        "slow.among.p99",
        "%.3f ms",
        ratio(report, "slow", "that at 64"),
        median(report, "slow") <= GOAL);
    report.beside("p99 while no server hangs", "hung.alone.p99", "%.3f ms");
    report.judged(
        "p99 while " + HANGING + " calls hang in another server",
        "not slower",
        "hung.among.p99",
        "%.3f ms",
        ratio(report, "hung", "that without"),
        median(report, "hung") <= 1.2);
  }

  private static double median(Report report, String name) {
    return report.samples(name + ".among.p99").median()
        / report.samples(name + ".alone.p99").median();
  }

  private static String ratio(Report report, String name, String what) {
    return String.format(
        Locale.ROOT,
        "%.2f of %s (%s)",
        median(report, name),
        what,
        report.samples(name + ".ratio").spread("%.2f"));
  }
}
