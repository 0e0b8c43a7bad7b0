package io.toolgate.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run has found so far: rows for people, and every sample behind them for programs. Written
 * after each figure, so that a run that is broken off leaves what it had.
 */
public final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final LocalDateTime begun = LocalDateTime.now();
  private final Map<String, Object> machine = Machine.described();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final String commit;
  private final String effort;

  public Report(String commit, String effort) {
    this.commit = commit;
    this.effort = effort;
  }

  /** A row without a goal: a reference or a neighbour. */
  public void beside(String figure, String samples, String format) {
    judged(figure, "", samples, format, "", null);
  }

  /**
   * @param samples whose median is the figure
   * @param format of a value with its unit
   * @param ratio to what was measured beside it, or empty
   * @param met whether the goal is met; null where there is none
   */
  public void judged(
      String figure, String goal, String samples, String format, String ratio, Boolean met) {
    Samples values = samples(samples);
    String reached = String.format(Locale.ROOT, format, values.median());
    int rounds = values.sorted().length;
    String spread = rounds > 1 ? values.spread(format) : "";
    rows.add(new Row(figure, goal, reached, ratio, spread, rounds, met));
    say(figure + ": " + reached + (ratio.isEmpty() ? "" : ", " + ratio));
  }

  /** One value of one round. */
  public void sample(String name, double value) {
    samples.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
  }

  /** In the order in which they were measured. */
  public List<Double> values(String name) {
    return List.copyOf(samples.getOrDefault(name, List.of()));
  }

  public Samples samples(String name) {
    return Samples.of(samples.getOrDefault(name, List.of()));
  }

  public void failed(String figure, String why) {
    failures.add(figure + ": " + why);
    say(figure + " failed: " + why);
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  public void say(String line) {
    System.err.println(
        DateTimeFormatter.ofPattern("HH:mm:ss").format(LocalDateTime.now()) + " " + line);
  }

  /** What the files of this run begin with. */
  public String name() {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").format(begun)
        + "-jdk"
        + Runtime.version().feature();
  }

  /** Writes both files. */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("begun", begun.toString());
    all.put("commit", commit);
    all.put("effort", effort);
    all.put("machine", machine);
    all.put("rows", rows);
    all.put("samples", samples);
    all.put("failures", failures);
    Files.writeString(folder.resolve(name() + ".json"), JSON.writeValueAsString(all) + "\n");
    return Files.writeString(folder.resolve(name() + ".md"), table());
  }

  /** Whether there is anything to write. */
  public boolean isEmpty() {
    return rows.isEmpty() && failures.isEmpty();
  }

  public String table() {
    StringBuilder text =
        new StringBuilder("# Measured ").append(begun.toLocalDate()).append("\n\n");
    machine.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    text.append("- commit: ").append(commit).append("\n- effort: ").append(effort).append('\n');
    samples.forEach(
        (name, values) -> {
          if (name.endsWith(".others")) {
            Samples shares = Samples.of(values);
            text.append(
                String.format(
                    Locale.ROOT,
                    "- CPU used by others during %s: %.0f %% (median), %.0f %% (most)%n",
                    name.substring(0, name.length() - ".others".length()),
                    shares.median() * 100,
                    shares.most() * 100));
          }
        });
    text.append("\n| figure | goal | reached | ratio | spread | rounds | met |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      String met = row.met() == null ? "" : row.met() ? "yes" : "no";
      text.append(
          String.join(
              " | ",
              "| " + row.figure(),
              row.goal(),
              row.reached(),
              row.ratio(),
              row.spread(),
              Integer.toString(row.rounds()),
              met + " |\n"));
    }
    failures.forEach(failure -> text.append("\nFailed: ").append(failure).append('\n'));
    return text.toString();
  }
}
