package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.toolgate.tenant.ChildLimits;
import io.toolgate.upstream.ControlGroups.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limited programs are true processes. */
@Timeout(60)
class LimitsTest {
  private static final ChildLimits FILES =
      new ChildLimits(Optional.empty(), Optional.empty(), Optional.of(50));
  private static final ChildLimits MEMORY =
      new ChildLimits(Optional.of(40L << 20), Optional.empty(), Optional.empty());
  private static final ChildLimits CPUS =
      new ChildLimits(Optional.empty(), Optional.of(0.5), Optional.empty());

  @TempDir Path folder;
  private final ControlGroups groups = new ControlGroups();
  private final ChildMark mark = ChildMark.next();

  /** None at all, as on a system that leaves us no control groups. */
  private Limits withoutGroups() {
    return new Limits(new ControlGroups(folder));
  }

  private Process run(Limits limits, ChildLimits given, String script) throws Exception {
    List<String> words = new ArrayList<>(limits.before(mark, given));
    words.addAll(List.of("sh", "-c", script));
    Process process = new ProcessBuilder(words).start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    limits.release(mark);
    return process;
  }

  @Test
  void limitsFiles() throws Exception {
    assertEquals("50", run(withoutGroups(), FILES, "ulimit -n").inputReader().readLine());
  }

  @Test
  void limitsTheMemoryOfAProcessWhereThereAreNoGroups() throws Exception {
    Process greedy = run(withoutGroups(), MEMORY, "head -c 80000000 /dev/zero | tail >/dev/null");

    assertTrue(greedy.exitValue() != 0);
    assertEquals(0, run(withoutGroups(), MEMORY, "exit 0").exitValue());
  }

  @Test
  void aLimitOfMemoryCountsForAllProcessesTogether() throws Exception {
    assumeTrue(groups.has(Controller.MEMORY), "no control group to write to");
    String both = "f() { head -c 30000000 /dev/zero | tail | wc -c; }; f & f & wait";

    String counted =
        String.join(" ", run(new Limits(groups), MEMORY, both).inputReader().lines().toList());

    assertTrue(!counted.equals("30000000 30000000"), counted);
  }

  @Test
  void holdsBackAChildThatTakesMoreThanItsCpus() throws Exception {
    assumeTrue(groups.has(Controller.CPU), "no control group to write to");
    Path members = groups.make(mark, CPUS).get(0);

    new ProcessBuilder(
            "sh",
            "-c",
            "echo 0 >'" + members + "'; i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done")
        .start()
        .waitFor();

    String stat = Files.readString(members.resolveSibling("cpu.stat"));
    groups.remove(mark);
    assertTrue(stat.contains("nr_throttled") && !stat.contains("nr_throttled 0"), stat);
  }

  @Test
  void leavesNoGroupBehind() throws Exception {
    assumeTrue(groups.has(Controller.MEMORY), "no control group to write to");
    Limits limits = new Limits(groups);

    Process process = run(limits, MEMORY, "grep :memory: /proc/self/cgroup");

    String path = process.inputReader().readLine().split(":", 3)[2];
    assertTrue(path.endsWith(mark.value()), path);
    assertEquals(List.of(), named(Path.of("/sys/fs/cgroup")));
  }

  private List<Path> named(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(mark.value())).toList();
    }
  }

  @Test
  void saysWhatItCannotEnforce() {
    ChildLimits all = new ChildLimits(Optional.of(1L << 30), Optional.of(1.0), Optional.of(100));

    assertEquals(2, withoutGroups().shortcomings(all).size());
    assertEquals(List.of(), withoutGroups().shortcomings(FILES));
    assertEquals(List.of(), withoutGroups().shortcomings(ChildLimits.NONE));
  }

  @Test
  void anUnlimitedChildIsStartedAsItIs() throws Exception {
    assertEquals(List.of(), new Limits(groups).before(mark, ChildLimits.NONE));
  }
}
