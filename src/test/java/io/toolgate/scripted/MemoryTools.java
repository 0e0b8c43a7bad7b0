package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tools that remember as long as the process lives, whoever asks it. */
final class MemoryTools {
  private MemoryTools() {}

  static void addTo(ToolTable table) {
    List<String> remembered = new CopyOnWriteArrayList<>();
    table.add(
        "remember",
        takes("text:string"),
        call -> {
          remembered.add(call.text("text", ""));
          call.answer("remembered");
        });
    table.add("recall", takes(), call -> call.answer(String.join(" ", remembered)));
  }
}
