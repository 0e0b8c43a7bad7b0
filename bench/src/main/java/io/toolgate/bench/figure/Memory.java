package io.toolgate.bench.figure;

import io.toolgate.bench.load.Load;
import io.toolgate.bench.load.Request;
import io.toolgate.bench.program.Toolgate;
import io.toolgate.bench.report.Others;
import io.toolgate.bench.report.Report;
import io.toolgate.bench.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the JVM keeps resident with 20 servers and 500 tools, over a million calls to all. */
public final class Memory implements Figure {
  private static final int LOOKS = 100;

  /** These take longer than the 5 s after which the JVM gives back what its compilers have left. */
  private static final int LOOKS_OF_A_FLOOR = 10;

  /** Three tools are echo's own. */
  private static final int MORE_TOOLS = 22;

  @Override
  public void measure(Run run) throws Exception {
    Report report = run.report();
    Map<String, List<String>> servers = new TreeMap<>();
    for (int i = 0; i < run.effort().servers(); i++) {
      servers.put(
          "echo" + i, List.of(run.workspace().echo().toString(), "--tools", "" + MORE_TOOLS));
    }
    Others others = Others.sinceNow();
    try (Toolgate toolgate = Toolgate.start(run.workspace(), servers)) {
      report.sample("memory.started", toolgate.residentMegabytes());
      List<Request> calls =
          servers.keySet().stream().map(name -> toolgate.call(name, "echo", Run.HELLO)).toList();
      int piece = Math.max(1, run.effort().calls() / LOOKS);
      for (int look = 0; look < LOOKS; look++) {
        try (Load load = new Load(64, calls, n -> (int) (n % calls.size()))) {
          Load.Result result = load.closed(piece, 600);
          if (result.errors() > 0) {
            throw new IOException("Answered " + result.firstError());
          }
        }
        report.sample("memory.resident", toolgate.residentMegabytes());
      }
    }
    report.sample("memory.others", others.share());
    report(run);
  }

  private static void report(Run run) {
    Report report = run.report();
    List<Double> all = report.values("memory.resident");
    List<Double> second = all.subList(all.size() / 2, all.size());
    List<Double> floors = floors(second);
    double gained = slope(floors) * floors.size();
    report.sample("memory.end", second.get(second.size() - 1));
    report.sample("memory.gained", gained);
    double limit = Runtime.version().feature() >= 25 ? 250 : 300;
    double end = report.samples("memory.end").median();
    Samples later = Samples.of(second);
    report.beside("resident after the start, 20 servers", "memory.started", "%.0f MB");
    report.judged(
        String.format(Locale.ROOT, "resident after %d calls", run.effort().calls()),
        String.format(Locale.ROOT, "under %.0f MB", limit),
        "memory.end",
        "%.0f MB",
        "second half " + later.spread("%.0f MB"),
        end < limit);
    report.judged(
        "gained over the second half, by a line through the smallest of each ten values",
        "none",
        "memory.gained",
        "%.1f MB",
        String.format(Locale.ROOT, "%.3f of the end", gained / end),
        gained < 0.02 * end);
  }

  /**
   * The smallest value of each ten in a row. What the JVM's compilers use comes and goes; what is
   * lost stays, and raises these too.
   */
  private static List<Double> floors(List<Double> values) {
    List<Double> floors = new ArrayList<>();
    for (int i = 0; i + LOOKS_OF_A_FLOOR <= values.size(); i += LOOKS_OF_A_FLOOR) {
      floors.add(Collections.min(values.subList(i, i + LOOKS_OF_A_FLOOR)));
    }
    return floors;
  }

  /** How much a value grows from one to the next, by least squares. */
  static double slope(List<Double> values) {
    double middle = (values.size() - 1) / 2.0;
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (int i = 0; i < values.size(); i++) {
      above += (i - middle) * (values.get(i) - mean);
      below += (i - middle) * (i - middle);
    }
    return below == 0 ? 0 : above / below;
  }
}
