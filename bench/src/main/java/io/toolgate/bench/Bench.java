package io.toolgate.bench;

import io.toolgate.bench.figure.Calls;
import io.toolgate.bench.figure.Documents;
import io.toolgate.bench.figure.Figure;
import io.toolgate.bench.figure.Latency;
import io.toolgate.bench.figure.Memory;
import io.toolgate.bench.figure.Peers;
import io.toolgate.bench.figure.Profile;
import io.toolgate.bench.figure.Real;
import io.toolgate.bench.figure.Revocation;
import io.toolgate.bench.figure.Run;
import io.toolgate.bench.figure.Slow;
import io.toolgate.bench.figure.Start;
import io.toolgate.bench.program.Workspace;
import io.toolgate.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what it is asked for, one figure after the other, and fails in the end if any of them
 * did not work. A goal that is missed is no failure: it stands in the table.
 */
public final class Bench {
  private static final Map<String, Figure> FIGURES = new LinkedHashMap<>();

  /** Explains, and measures nothing. */
  private static final Set<String> ONLY_IF_NAMED = Set.of("profile");

  /** Their packages alone take longer to install than all the rest takes. */
  private static final Set<String> NOT_IN_SMOKE = Set.of("profile", "peers");

  static {
    FIGURES.put("calls", new Calls());
    FIGURES.put("latency", new Latency());
    FIGURES.put("documents", new Documents());
    FIGURES.put("start", new Start());
    FIGURES.put("memory", new Memory());
    FIGURES.put("revocation", new Revocation());
    FIGURES.put("slow", new Slow());
    FIGURES.put("real", new Real());
    FIGURES.put("peers", new Peers());
    FIGURES.put("profile", new Profile());
  }

  private Bench() {}

  public static void main(String[] words) throws IOException {
    Path home = Path.of(System.getProperty("toolgate.home"));
    Options options;
    try {
      options = Options.of(List.of(words), FIGURES.keySet(), home);
    } catch (Options.Mistake e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    Report report =
        new Report(System.getProperty("toolgate.commit", "?"), options.effort().toString());
    Run run = new Run(Workspace.make(home), options.effort(), report, options.results());
    List<String> names = options.figures();
    if (names.isEmpty()) {
      Set<String> without = options.effort().smoke() ? NOT_IN_SMOKE : ONLY_IF_NAMED;
      names = FIGURES.keySet().stream().filter(name -> !without.contains(name)).toList();
    }
    for (String name : names) {
      try {
        report.say(name);
        FIGURES.get(name).measure(run);
      } catch (Exception e) {
        e.printStackTrace();
        report.failed(name, e.toString().lines().findFirst().orElse(""));
      }
      if (!report.isEmpty()) {
        report.say("written to " + report.write(options.results()));
      }
    }
    if (!report.isEmpty()) {
      System.out.print(report.table());
    }
    if (report.failures().isEmpty()) {
      run.workspace().delete();
    } else {
      report.say("The logs are in " + run.workspace().folder());
      System.exit(1);
    }
  }
}
