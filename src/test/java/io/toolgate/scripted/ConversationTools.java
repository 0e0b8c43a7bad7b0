package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Tools that talk with the client beside the answer, or change the ground under it. */
final class ConversationTools {
  private ConversationTools() {}

  static void addTo(ToolTable table) {
    table.add(
        "change_tools",
        takes(),
        call -> {
          table.add("added", takes("message:string?"), Behaviour::echo);
          call.session().script().toolsChanged();
          call.answer("added 'added'");
        });
    table.add(
        "remove_tools",
        takes(),
        call -> {
          table.remove("echo");
          call.session().script().toolsChanged();
          call.answer("removed 'echo'");
        });
    table.add(
        "change_schema",
        takes(),
        call -> {
          table.remove("add");
          table.add("add", takes("a:string", "more:string"), Behaviour::echo);
          call.session().script().toolsChanged();
          call.answer("'add' takes something else");
        });
    table.add("progress", takes("steps:integer?", "ms:integer?"), ConversationTools::progress);
    table.add(
        "ask_client",
        takes("method:string?", "params:object?"),
        call -> {
          JsonNode params = call.arguments().path("params");
          call.session()
              .ask(
                  call.channel(),
                  call.text("method", "ping"),
                  params.isObject() ? params : Json.object(),
                  answer -> call.answer(answer.toString()));
        });
    table.add("cancelled", takes(), call -> call.answer(call.session().cancelled().toString()));
    table.add(
        "forget_sessions",
        takes(),
        call -> {
          call.session().script().forgetAll();
          call.answer("forgotten");
        });
  }

  /** With {@code ms} so long before each step, and all the same when it was cancelled meanwhile. */
  private static void progress(Call call) {
    step(call, 1);
  }

  private static void step(Call call, int step) {
    int steps = call.number("steps", 3);
    JsonNode token = call.params().at("/_meta/progressToken");
    if (step > steps || token.isMissingNode()) {
      call.answer("done");
      return;
    }
    call.session()
        .script()
        .later(
            Duration.ofMillis(call.number("ms", 0)),
            () -> {
              ObjectNode params = Json.object().put("progress", step).put("total", steps);
              params.set("progressToken", token);
              call.channel().send(Json.notification("notifications/progress", params));
              step(call, step + 1);
            });
  }
}
