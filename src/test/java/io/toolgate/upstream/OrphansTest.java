package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.toolgate.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A Toolgate is a second JVM here, as {@link OrphaningProgram} makes one. */
@EnabledOnOs(OS.LINUX)
class OrphansTest {
  private final List<Process> programs = new ArrayList<>();

  private Process program(String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    words.add(OrphaningProgram.class.getName());
    words.addAll(List.of(arguments));
    Process program =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    programs.add(program);
    return program;
  }

  /** Grandchild and child, as numbers of processes. */
  private static List<Long> started(Process program) throws IOException {
    return Stream.of(program.inputReader().readLine().split(" ")).map(Long::valueOf).toList();
  }

  private static void kill(Process program) throws InterruptedException {
    program.destroyForcibly();
    Await.end(program);
  }

  @AfterEach
  void endAll() throws InterruptedException {
    for (Process program : programs) {
      kill(program);
    }
    Orphans.end().join();
  }

  @Test
  void endsWhatAKilledToolgateLeftBehindAndNothingElse() throws Exception {
    Process killed = program();
    Process living = program();
    List<Long> left = started(killed);
    List<Long> others = started(living);
    kill(killed);

    Await.result(Orphans.end());

    left.forEach(Await::dead);
    assertEquals(List.of(true, true), others.stream().map(Await::alive).toList());
  }

  @Test
  void aChildDiesWithAToolgateThatIsKilled() throws Exception {
    Process program = program();
    long child = started(program).get(1);

    kill(program);

    Await.dead(child);
  }

  @Test
  void nothingOfAConfinedChildOutlivesAToolgateThatIsKilled(@TempDir Path data) throws Exception {
    Confinement here = Walls.around(data, Map.of());
    assumeTrue(here.works(), here.state());
    Process program = program(data.toString());
    started(program);
    List<ProcessHandle> processes = program.descendants().toList();
    assertTrue(processes.size() >= 4, processes.toString());

    kill(program);

    processes.forEach(process -> Await.dead(process.pid()));
  }

  @Test
  void aMarkIsReadAsItWasWritten() {
    ChildMark mark = ChildMark.next();

    assertEquals(mark, ChildMark.read(mark.value()).orElseThrow());
  }

  @Test
  void aMarkOfThisOrOfAnotherNamespaceIsNoOrphans() {
    ChildMark ours = ChildMark.next();
    ChildMark elsewhere =
        new ChildMark(ours.owner(), ours.started() + 1, ours.namespace() + 1, ours.tree());

    assertEquals(List.of(false, false), List.of(ours.isOrphaned(), elsewhere.isOrphaned()));
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherOwner() {
    ChildMark ours = ChildMark.next();

    assertTrue(
        new ChildMark(ours.owner(), ours.started() + 1, ours.namespace(), ours.tree())
            .isOrphaned());
  }
}
