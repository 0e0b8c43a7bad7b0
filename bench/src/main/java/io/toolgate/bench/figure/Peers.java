package io.toolgate.bench.figure;

import io.toolgate.bench.load.Request;
import io.toolgate.bench.load.Wrk;
import io.toolgate.bench.program.Peer;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What users would pick instead, before the same server and under the same load. They check no
 * users, groups or arguments and write no log.
 */
public final class Peers implements Figure {
  @Override
  public void measure(Run run) throws Exception {
    String echo = run.workspace().echo().toString();
    List<String> supergateway =
        List.of(
            "node_modules/supergateway/dist/index.js",
            "--stdio",
            echo,
            "--outputTransport",
            "streamableHttp",
            "--stateful",
            "--logLevel",
            "none",
            "--port",
            "@port@");
    List<String> mcpProxy =
        List.of(
            "node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs",
            "--host",
            "127.0.0.1",
            "--port",
            "@port@",
            "--",
            echo);
    try (Toolgate toolgate = Toolgate.start(run.workspace(), run.echo());
        Peer one = Peer.start(run.workspace(), supergateway);
        Peer other = Peer.start(run.workspace(), mcpProxy)) {
      Map<String, Request> calls = new LinkedHashMap<>();
      calls.put("toolgate", toolgate.call("echo", "echo", Run.HELLO));
      calls.put("supergateway", one.call());
      calls.put("mcp-proxy", other.call());
      for (Request call : calls.values()) {
        run.warmUp(run.wrk(64), call);
      }
      for (int round = 0; round < run.effort().rounds(); round++) {
        Others others = Others.sinceNow();
        for (Map.Entry<String, Request> call : calls.entrySet()) {
          round(run, call.getKey(), call.getValue());
        }
        run.report().sample("peers.others", others.share());
      }
      calls.keySet().forEach(name -> report(run.report(), name));
    }
  }

  private static void round(Run run, String name, Request call)
      throws IOException, InterruptedException {
    Wrk many = run.wrk(64);
    Wrk one = run.wrk(1);
    int seconds = run.effort().seconds();
    run.report().sample("peers." + name + ".rate", many.rate(call, seconds));
    run.report().sample("peers." + name + ".time", 1000 / one.rate(call, seconds));
  }

  private static void report(Report report, String name) {
    double ours = report.samples("peers.toolgate.rate").median();
    double rate = report.samples("peers." + name + ".rate").median();
    report.judged(
        "neighbours: `" + name + "`, 64 connections",
        "",
        "peers." + name + ".rate",
        "%.0f/s",
        name.equals("toolgate")
            ? ""
            : String.format(Locale.ROOT, "Toolgate: %.1f of it", ours / rate),
        null);
    report.beside(
        "neighbours: `" + name + "`, one connection, mean", "peers." + name + ".time", "%.3f ms");
  }
}
