package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
    table.add("progress", takes("steps:integer?"), ConversationTools::progress);
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

  private static void progress(Call call) {
    JsonNode token = call.params().at("/_meta/progressToken");
    int steps = call.number("steps", 3);
    for (int step = 1; step <= steps && !token.isMissingNode(); step++) {
      ObjectNode params = Json.object().put("progress", step).put("total", steps);
      call.channel()
          .send(Json.notification("notifications/progress", params.set("progressToken", token)));
    }
    call.answer("done");
  }
}
