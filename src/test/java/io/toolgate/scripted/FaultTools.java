package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;

/** Tools that answer late, never, too often, under a wrong id, or take the process with them. */
final class FaultTools {
  private static final int CRASHED = 7;

  private FaultTools() {}

  static void addTo(ToolTable table) {
    table.add("slow", takes("ms:integer", "note:string?"), FaultTools::slow);
    table.add(slow("slow_look", "readOnlyHint"), FaultTools::slow);
    table.add(slow("slow_again", "idempotentHint"), FaultTools::slow);
    table.add("never", takes(), call -> {});
    table.add("crash", takes(), call -> Runtime.getRuntime().halt(CRASHED));
    table.add(
        "crash_after",
        takes(),
        call -> {
          call.answer("last words");
          Runtime.getRuntime().halt(CRASHED);
        });
    table.add(
        "crash_in_answer",
        takes(),
        call -> {
          call.channel().sendHalf(call.response(Content.result(Content.text("never whole"))));
          Runtime.getRuntime().halt(CRASHED);
        });
    table.add("hang_up", takes(), call -> call.channel().hangUp());
    table.add(
        "garbage_then_answer",
        takes(),
        call -> {
          call.channel().garbage();
          call.answer("after garbage");
        });
    table.add(
        "answer_in_pieces",
        takes("message:string"),
        call -> {
          call.channel()
              .sendInPieces(call.response(Content.result(Content.text(call.text("message", "")))));
          call.channel().end();
        });
    table.add(
        "answer_twice",
        takes(),
        call -> {
          call.channel().send(call.response(Content.result(Content.text("first"))));
          call.answer("second");
        });
    table.add(
        "answer_unknown_id_first",
        takes(),
        call -> {
          call.channel()
              .send(
                  call.response(Content.result(Content.text("for nobody")))
                      .put("id", "nobody-asked"));
          call.answer("for you");
        });
    table.add(
        "answer_with_string_id",
        takes(),
        call ->
            call.send(
                call.response(Content.result(Content.text("id as text")))
                    .set("id", TextNode.valueOf(call.id().asText()))));
  }

  private static ObjectNode slow(String name, String hint) {
    ObjectNode tool = Json.object().put("name", name).put("description", "Tool " + name);
    tool.set("inputSchema", takes("ms:integer", "note:string?"));
    tool.putObject("annotations").put(hint, true);
    return tool;
  }

  /** Answers also when the call was cancelled meanwhile. */
  private static void slow(Call call) {
    int ms = call.number("ms", 0);
    call.session()
        .script()
        .later(Duration.ofMillis(ms), () -> call.answer("answered after " + ms + " ms"));
  }
}
