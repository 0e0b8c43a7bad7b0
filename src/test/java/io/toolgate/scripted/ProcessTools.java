package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** Tools that show the process, and what it inherited and leaves behind. */
final class ProcessTools {
  private ProcessTools() {}

  static void addTo(ToolTable table) {
    table.add("pid", takes(), call -> call.answer(String.valueOf(ProcessHandle.current().pid())));
    table.add("environment", takes(), call -> call.answer(Json.tree(System.getenv()).toString()));
    table.add(
        "working_directory", takes(), call -> call.answer(Path.of("").toAbsolutePath().toString()));
    table.add("stderr", takes("line:string", "count:integer?"), ProcessTools::stderr);
    table.add("spawn_grandchild", takes("holds_output:boolean?"), ProcessTools::spawnGrandchild);
  }

  private static void stderr(Call call) {
    for (int i = 0; i < call.number("count", 1); i++) {
      System.err.println(call.text("line", ""));
    }
    call.answer("printed");
  }

  /** With {@code holds_output} our standard output stays open as long as the grandchild lives. */
  private static void spawnGrandchild(Call call) throws IOException {
    Redirect output =
        call.arguments().path("holds_output").asBoolean() ? Redirect.INHERIT : Redirect.DISCARD;
    Process grandchild =
        new ProcessBuilder("/bin/sleep", "300")
            .redirectOutput(output)
            .redirectError(Redirect.DISCARD)
            .start();
    call.answer(String.valueOf(grandchild.pid()));
  }
}
