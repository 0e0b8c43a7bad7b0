package io.toolgate.upstream;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.toolgate.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  @TempDir Path folder;

  private static ProcessTree start(String script, String... arguments) throws IOException {
    String[] command = new String[3 + arguments.length];
    command[0] = "/bin/sh";
    command[1] = "-c";
    command[2] = script;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return ProcessTree.start(new ProcessBuilder(command), ChildMark.next(), false, () -> {});
  }

  @Test
  void endsWhatADescendantStartedAfterItsOwnParentWasGone() throws Exception {
    Path go = folder.resolve("go");
    Path pid = folder.resolve("pid");
    ProcessTree tree =
        start(
            "mkfifo \"$0\"; (read x <\"$0\"; sleep 300 & echo $! >\"$1\"; wait) & echo $!; read y",
            go.toString(),
            pid.toString());
    long child = Long.parseLong(tree.root().inputReader().readLine());
    tree.note();
    tree.root().getOutputStream().close();
    Await.end(tree.root());
    Files.writeString(go, "\n");
    Await.until("the child has a child", () -> pid.toFile().length() > 0);
    long late = Long.parseLong(Files.readString(pid).strip());

    Await.result(tree.end());

    Await.dead(child);
    Await.dead(late);
  }

  @Test
  void endsWhatWasStartedUnseenAndHasLostItsParent() throws Exception {
    ProcessTree tree = start("(sleep 300 & echo $!) ; exit 0");
    long orphan = Long.parseLong(tree.root().inputReader().readLine());
    Await.end(tree.root());

    Await.result(tree.end());

    Await.dead(orphan);
  }

  @Test
  void endsOnce() throws Exception {
    ProcessTree tree = start("exit 0");

    assertSame(tree.end(), tree.end());
  }
}
