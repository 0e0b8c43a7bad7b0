package io.toolgate.scripted;

import static io.toolgate.scripted.ToolTable.takes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tools that simply answer. */
final class PlainTools {
  private PlainTools() {}

  static void addTo(ToolTable table) {
    table.add("echo", takes("message:string"), call -> call.answer(call.text("message", "")));
    table.add("json_text", takes("text:string"), call -> call.answer(call.text("text", "")));
    table.add(
        "add", takes("a:number", "b:number").put("additionalProperties", false), PlainTools::add);
    table.add(structured(), PlainTools::answerStructured);
    table.add(
        "big", takes("bytes:integer"), call -> call.answer("x".repeat(call.number("bytes", 0))));
    // What arrived, as JSON text.
    table.add("arguments", takes(), call -> call.answer(call.arguments().toString()));
    table.add("meta", takes(), call -> call.answer(call.params().path("_meta").toString()));
    table.add("headers", takes(), call -> call.answer(call.headers().toString()));
    table.add("client", takes(), call -> call.answer(call.session().client().toString()));
  }

  private static void add(Call call) {
    double sum = call.arguments().path("a").asDouble() + call.arguments().path("b").asDouble();
    call.answer(sum == Math.rint(sum) ? String.valueOf((long) sum) : String.valueOf(sum));
  }

  private static ObjectNode structured() {
    ObjectNode description =
        Json.object().put("name", "structured").put("description", "Answers with structure");
    description.set("inputSchema", takes("city:string?"));
    description.set("outputSchema", takes("city:string", "degrees:number"));
    return description;
  }

  private static void answerStructured(Call call) {
    ObjectNode structure =
        Json.object().put("city", call.text("city", "Bern")).put("degrees", 21.5);
    call.result(
        Content.result(Content.text("21.5 degrees in " + structure.get("city").asText()))
            .set("structuredContent", structure));
  }
}
