package io.toolgate.bench.figure;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.load.Wrk;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where the time and the bytes of a call go, by async-profiler: summaries and flame graphs. */
public final class Profile implements Figure {
  /** Needs nothing of the system that containers withhold. */
  private static final String TIME = "event=ctimer,interval=1ms";

  private static final String BYTES = "event=alloc,alloc=64k,total";

  @Override
  public void measure(Run run) throws Exception {
    try (Toolgate toolgate = Toolgate.start(run.workspace(), run.echo())) {
      Request call = toolgate.call("echo", "echo", Run.HELLO);
      Wrk wrk = run.wrk(64);
      run.warmUp(wrk, call);
      profile(run, toolgate, wrk, call, "time", TIME);
      profile(run, toolgate, wrk, call, "bytes", BYTES);
    }
  }

  private static void profile(
      Run run, Toolgate toolgate, Wrk wrk, Request call, String what, String event)
      throws Exception {
    Path collapsed = run.workspace().file(what + ".collapsed");
    agent(run, toolgate, "start,threads," + event);
    double rate = wrk.rate(call, run.effort().seconds());
    agent(run, toolgate, "dump,threads,collapsed,file=" + collapsed);
    Files.createDirectories(run.results());
    Path graph = run.results().resolve(run.report().name() + "-profile-" + what + ".html");
    agent(run, toolgate, "stop,file=" + graph);
    Path summary = run.results().resolve(run.report().name() + "-profile-" + what + ".txt");
    String head =
        String.format(
            Locale.ROOT,
            "Where the %s of calls go: echo, 64 connections, %.0f calls/s under the profiler%n%n",
            event.equals(BYTES) ? "allocated bytes" : "CPU time",
            rate);
    Files.writeString(
        summary, head + new Stacks(Files.readAllLines(collapsed), event.equals(BYTES)).text());
    run.report().say("written to " + summary);
  }

  private static void agent(Run run, Toolgate toolgate, String options)
      throws IOException, InterruptedException {
    // Without the quotes jcmd takes what follows the first "=" for something else.
    String said =
        toolgate.command("JVMTI.agent_load", library(run).toString(), '"' + options + '"');
    if (said.matches("(?s).*return code: [^0].*")) {
      throw new IOException("The profiler cannot be used: " + said.strip());
    }
  }

  /** Made for this processor, in a folder named after it. */
  private static Path library(Run run) throws IOException {
    try (var files = Files.walk(run.workspace().home().resolve("bench/target/profiler"))) {
      return files
          .filter(file -> file.endsWith("libasyncProfiler.so"))
          .findFirst()
          .orElseThrow(() -> new IOException("There is no profiler for this machine."));
    }
  }
}
