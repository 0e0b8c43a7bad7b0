package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A Toolgate is a second JVM here, as {@link OrphaningProgram} makes one. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class OrphansTest {
  private final List<Process> programs = new ArrayList<>();

  private Process program() throws IOException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OrphaningProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    programs.add(program);
    return program;
  }

  /** Grandchild and child, as numbers of processes. */
  private static List<Long> started(Process program) throws IOException {
    return Stream.of(program.inputReader().readLine().split(" ")).map(Long::valueOf).toList();
  }

  private static void kill(Process program) throws InterruptedException {
    program.destroyForcibly();
    assertTrue(program.waitFor(30, TimeUnit.SECONDS));
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

    Orphans.end().orTimeout(30, TimeUnit.SECONDS).join();

    left.forEach(Await::dead);
    assertEquals(List.of(true, true), others.stream().map(Await::alive).toList());
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
