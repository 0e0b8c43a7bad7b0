package io.toolgate.bench.figure;

import io.toolgate.bench.load.HttpConnection;
import io.toolgate.bench.load.Request;
import io.toolgate.bench.load.Wrk;
import io.toolgate.bench.program.Hello;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import io.toolgate.bench.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Calls per second at 64 connections beside the plain endpoint, and what one costs. */
public final class Calls implements Figure {
  private static final double GOAL = 0.40;
  private static final double CPU_GOAL = 35;

  @Override
  public void measure(Run run) throws Exception {
    try (Toolgate toolgate = Toolgate.start(run.workspace(), run.echo());
        Hello hello = Hello.start(run.workspace(), toolgate.flags())) {
      Request call = toolgate.call("echo", "echo", Run.HELLO);
      mustAnswer(call);
      Wrk wrk = run.wrk(64);
      run.warmUp(wrk, call);
      run.warmUp(wrk, hello.request());
      Path collections = toolgate.collections();
      for (int round = 0; round < run.effort().rounds(); round++) {
        round(run, wrk, toolgate, call, hello, collections);
      }
    }
    report(run.report());
  }

  private static void mustAnswer(Request call) throws IOException {
    try (HttpConnection connection = new HttpConnection(call)) {
      connection.exchange();
      if (!connection.body().equals("\"hello\"")) {
        throw new IOException("echo says " + connection.body());
      }
    }
  }

  private static void round(
      Run run, Wrk wrk, Toolgate toolgate, Request call, Hello hello, Path collections)
      throws IOException, InterruptedException {
    Report report = run.report();
    int seconds = run.effort().seconds();
    Others others = Others.sinceNow();
    double idle = hello.cpuSeconds();
    double reference = wrk.rate(hello.request(), seconds);
    report.sample("calls.hello.cpu", (hello.cpuSeconds() - idle) / (reference * seconds) * 1e6);
    long logged = Files.size(collections);
    double before = toolgate.cpuSeconds();
    double rate = wrk.rate(call, seconds);
    double used = toolgate.cpuSeconds() - before;
    report.sample("calls.hello", reference);
    report.sample("calls.toolgate", rate);
    report.sample("calls.ratio", rate / reference);
    report.sample("calls.cpu", used / (rate * seconds) * 1e6);
    double allocated = Garbage.rate(collections, logged) / rate;
    if (!Double.isNaN(allocated)) {
      report.sample("calls.bytes", allocated);
    }
    report.sample("calls.others", others.share());
    report.say(String.format(Locale.ROOT, "calls: %.0f/s of %.0f/s", rate, reference));
  }

  private static void report(Report report) {
    Samples cpu = report.samples("calls.cpu");
    double ratio =
        report.samples("calls.toolgate").median() / report.samples("calls.hello").median();
    report.beside("`hello`, 64 connections", "calls.hello", "%.0f/s");
    report.beside("CPU per request of `hello`", "calls.hello.cpu", "%.1f µs");
    report.judged(
        "tool calls over REST, 64 connections",
        "at least 0.40 of `hello`",
        "calls.toolgate",
        "%.0f/s",
        String.format(
            Locale.ROOT,
            "%.3f of `hello` (%s)",
            ratio,
            report.samples("calls.ratio").spread("%.3f")),
        ratio >= GOAL);
    report.judged(
        "CPU per call in the gateway",
        "at most 35 µs",
        "calls.cpu",
        "%.1f µs",
        String.format(
            Locale.ROOT,
            "%.2f of `hello`",
            cpu.median() / report.samples("calls.hello.cpu").median()),
        cpu.median() <= CPU_GOAL);
    report.beside("allocated per call", "calls.bytes", "%.0f bytes");
  }
}
