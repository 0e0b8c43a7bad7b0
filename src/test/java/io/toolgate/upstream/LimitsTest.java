package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.toolgate.Await;
import io.toolgate.tenant.ChildLimits;
import io.toolgate.upstream.ControlGroups.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limited programs are true processes. */
class LimitsTest {
  private static final ChildLimits FILES =
      new ChildLimits(Optional.empty(), Optional.empty(), Optional.of(50));
  private static final ChildLimits MEMORY =
      new ChildLimits(Optional.of(40L << 20), Optional.empty(), Optional.empty());
  private static final ChildLimits FEW_CPUS =
      new ChildLimits(Optional.empty(), Optional.of(0.02), Optional.empty());

  @TempDir Path folder;
  private final ControlGroups groups = new ControlGroups();
  private final ChildMark mark = ChildMark.next();

  /** None at all, as on a system that leaves us no control groups. */
  private Limits withoutGroups() {
    return new Limits(new ControlGroups(folder));
  }

  private Process run(Limits limits, ChildLimits given, String script) throws Exception {
    List<String> words = new ArrayList<>(limits.before(Shell.ofSystem(), mark, given));
    words.addAll(List.of("sh", "-c", script));
    Process process = new ProcessBuilder(words).start();
    Await.end(process);
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

  /**
   * However busy the machine is: the child never ends, and soon has had what little it may take.
   */
  @Test
  void holdsBackAChildThatTakesMoreThanItsCpus() throws Exception {
    assumeTrue(groups.has(Controller.CPU), "no control group to write to");
    Path members = groups.make(mark, FEW_CPUS).get(0);
    Process greedy =
        new ProcessBuilder("sh", "-c", "echo 0 >'" + members + "'; while :; do :; done").start();

    Await.until(
        "it is held back",
        () -> throttled(members.resolveSibling("cpu.stat")) > 0,
        () -> "alive: " + greedy.isAlive());

    Await.end(greedy.destroyForcibly());
    groups.remove(mark);
  }

  private static long throttled(Path stat) throws IOException {
    return Files.readAllLines(stat).stream()
        .filter(line -> line.startsWith("nr_throttled "))
        .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
        .sum();
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
    assertEquals(List.of(), new Limits(groups).before(Shell.ofSystem(), mark, ChildLimits.NONE));
  }
}
