package io.toolgate.bench.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A profile in words: samples in the collapsed form of async-profiler ({@code frame;frame;frame
 * count}, the thread first), summed up by thread, by stage of the way of a call, by package and by
 * method.
 */
public final class Stacks {
  private static final int METHODS = 40;
  private static final Pattern STAGE = Pattern.compile("io/toolgate/(\\w+)/");
  private static final Pattern PACKAGE = Pattern.compile("^(\\w+/\\w+(?:/[a-z]\\w*)?)/.*");

  private final Map<String, Long> threads = new HashMap<>();
  private final Map<String, Long> stages = new HashMap<>();
  private final Map<String, Long> packages = new HashMap<>();
  private final Map<String, Long> methods = new HashMap<>();
  private final Map<String, Long> classes = new HashMap<>();
  private final boolean allocated;
  private long all;

  /**
   * @param allocated whether the last of the frames is what was allocated, and the count its bytes
   */
  public Stacks(List<String> collapsed, boolean allocated) {
    this.allocated = allocated;
    collapsed.forEach(this::add);
  }

  private void add(String line) {
    int space = line.lastIndexOf(' ');
    long count = Long.parseLong(line.substring(space + 1));
    String[] frames = line.substring(0, space).split(";");
    String top = frames[frames.length - 1];
    all += count;
    threads.merge(thread(frames[0]), count, Long::sum);
    stages.merge(stage(frames), count, Long::sum);
    String ran = frames[Math.max(0, frames.length - (allocated ? 2 : 1))];
    packages.merge(packageOf(ran), count, Long::sum);
    methods.merge(ran, count, Long::sum);
    if (allocated) {
      classes.merge(top.replaceAll("_\\[.\\]$", ""), count, Long::sum);
    }
  }

  /** Threads of one kind are told together. */
  private static String thread(String frame) {
    return frame.replaceAll("(?: tid=\\d+|\\])", "").replaceAll("\\d+", "N").replace("[", "");
  }

  /** The package of ours that is nearest to what ran; a name of whoever ran without any of ours. */
  private static String stage(String[] frames) {
    for (int i = frames.length - 1; i >= 0; i--) {
      Matcher stage = STAGE.matcher(frames[i]);
      if (stage.find()) {
        return stage.group(1);
      }
    }
    return "(none of ours) " + thread(frames[0]);
  }

  private static String packageOf(String frame) {
    Matcher name = PACKAGE.matcher(frame);
    return name.matches() ? name.group(1) : "(native)";
  }

  public String text() {
    return section("Threads", threads, 15)
        + section("Stages: the package of ours nearest to what ran", stages, 25)
        + section("Packages: what ran itself", packages, 25)
        + section("Methods: what ran itself", methods, METHODS)
        + (allocated ? section("Classes: what was allocated", classes, METHODS) : "");
  }

  private String section(String title, Map<String, Long> counts, int most) {
    StringBuilder text = new StringBuilder(title).append("\n");
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .forEach(
            entry ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%6.2f %%  %s%n",
                        100.0 * entry.getValue() / all,
                        entry.getKey())));
    return text.append("\n").toString();
  }
}
